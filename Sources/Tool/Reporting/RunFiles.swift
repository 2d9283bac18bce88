import FileInput
import Foundation
import Messages

/// Reads the files of a run's folder.
struct RunFiles {
  /// Enough for one line per step over millions of steps; there is a limit because files are read into memory whole.
  private static let maximumByteCount = 1 << 31

  /// The folder.
  let folder: String

  func text(_ name: String) throws(ReportError) -> String {
    String(decoding: try contents(name), as: UTF8.self)
  }

  func document<Value: Decodable>(
    _ name: String, as type: Value.Type
  ) throws(ReportError) -> Value {
    let data = try contents(name)
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw .damaged(path: path(name), reason: decodingReason(of: error))
    }
  }

  /// The values in a file of JSON lines, and how many lines were skipped: a killed process may leave half a line.
  func lines<Value: Decodable>(
    _ name: String, of type: Value.Type
  ) throws(ReportError) -> (values: [Value], unreadable: Int) {
    let lines = try contents(name).split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    let values = lines.compactMap { try? decoder.decode(type, from: Data($0)) }
    return (values, lines.count - values.count)
  }

  func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name))
  }

  private func contents(_ name: String) throws(ReportError) -> Data {
    do throws(RegularFile.Refusal) {
      return Data(try RegularFile.bytes(of: path(name), limit: Self.maximumByteCount))
    } catch {
      throw .unreadable(path: path(name), reason: "\(error)")
    }
  }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }
}
