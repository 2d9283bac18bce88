import Datasets
import Foundation
import Imaging

/// Makes the digits from given fonts and tables.
package struct DigitsMaker: Sendable {
  /// A part of the printed digits.
  private struct Part: Sendable {
    let folder: String
    let fonts: [DigitFont]
    let count: Int
    /// A number that distinguishes its pictures from those of the other part.
    let address: Int
  }

  private static let recordName = "digits.json"

  let options: Digits.Options
  /// The folder of the tables.
  let handwriting: String
  package var trainingFonts = DigitFont.training
  package var heldOutFonts = DigitFont.heldOut
  package var tables = [HandwrittenDigits.mnist, .scans]
  /// What the text beside the pictures names as their maker.
  package var maker = "syn2real"
  /// The way to fetch the tables, for the same text.
  package var fetcher: String?

  package init(_ options: Digits.Options, handwriting: String) {
    self.options = options
    self.handwriting = handwriting
  }

  /// Makes the set, or finds it finished; see `Digits.make`.
  package func make(at path: String) throws -> String {
    try checkOptions()
    let output = OutputFolder(path)
    let wasThere = try output.fill(
      describedBy: options, in: Self.recordName, isComplete: { isComplete(output.url) }
    ) { partial in
      // Everything that can be missing is looked for before anything is drawn.
      try checkFonts()
      let samples = try tables.map { try $0.samples(in: handwriting) }
      for part in parts { try write(part, to: partial) }
      for (table, samples) in zip(tables, samples) { try write(samples, of: table, to: partial) }
      try partial.write(readme, to: "README.md")
    }
    return summary(path) + (wasThere ? ", as it was" : "")
  }

  private var parts: [Part] {
    [
      Part(
        folder: "printed/train", fonts: trainingFonts, count: options.trainingCount, address: 0),
      Part(
        folder: "printed/held-out", fonts: heldOutFonts, count: options.heldOutCount, address: 1),
    ]
  }

  private func checkOptions() throws(Digits.MakingError) {
    guard Digits.sizes.contains(options.size) else { throw .invalidSize(options.size) }
    for part in parts where part.count < 10 { throw .invalidCount(part.count) }
  }

  private func checkFonts() throws(Digits.MakingError) {
    for font in trainingFonts + heldOutFonts {
      for path in font.files where !FileManager.default.fileExists(atPath: path) {
        throw .missingFont(path: path, package: font.package)
      }
    }
  }

  private func write(_ part: Part, to folder: PartialFolder) throws {
    try makeClassFolders(part.folder, in: folder)
    try folder.writeInParallel(0..<part.count) { [options] index in
      var generator = AddressedGenerator(
        seed: options.seed, for: .demoPicture(part: part.address, index: index))
      let drawing = DigitDrawing(
        index % 10, fonts: part.fonts, side: options.size, using: &generator)
      try drawing.image().writePNGInPassing(
        to: folder.path(Self.picture(part.folder, index % 10, number: index / 10 + 1)))
    }
  }

  private func write(
    _ samples: [HandwrittenDigits.Sample], of table: HandwrittenDigits, to folder: PartialFolder
  ) throws {
    try makeClassFolders(table.name, in: folder)
    var counts = [Int](repeating: 0, count: 10)
    let paths = samples.map { sample in
      counts[sample.digit] += 1
      return folder.path(Self.picture(table.name, sample.digit, number: counts[sample.digit]))
    }
    try folder.writeInParallel(samples.indices) { index in
      try samples[index].image.writePNGInPassing(to: paths[index])
    }
  }

  private func makeClassFolders(_ name: String, in folder: PartialFolder) throws {
    for digit in 0..<10 { try folder.makeFolder("\(name)/\(digit)") }
  }

  private static func picture(_ folder: String, _ digit: Int, number: Int) -> String {
    "\(folder)/\(digit)/" + String(format: "%05d.png", number)
  }

  /// Whether a folder holds as many pictures as a finished set does.
  private func isComplete(_ folder: URL) -> Bool {
    let expected =
      parts.map { ($0.folder, $0.count) } + tables.map { ($0.name, $0.count) }
    return expected.allSatisfy { name, count in
      let files = FileManager.default.enumerator(atPath: folder.appendingPathComponent(name).path)
      return files?.count { ($0 as? String)?.hasSuffix(".png") == true } == count
    }
  }

  private func summary(_ path: String) -> String {
    "\(path): \(options.trainingCount) printed digits to train on, \(options.heldOutCount) held out in other fonts, "
      + "\(options.size) × \(options.size) pixels; handwritten: "
      + tables.map { "\($0.count) in \($0.name)" }.joined(separator: ", ")
  }
}
