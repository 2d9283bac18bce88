import Files
import Foundation
import Messages

/// The plotting program, as a child process: commands on its standard input, the picture on its standard output.
public struct Gnuplot: Sendable {
  private let executable: URL

  /// Finds gnuplot among the folders of `PATH`.
  /// - Throws: `PlotError.noGnuplot`.
  public init() throws(PlotError) {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    let candidates = folders.map { "\($0)/gnuplot" }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw .noGnuplot
    }
    executable = URL(fileURLWithPath: path)
  }

  /// Draws `figure` into the file at `path`, whole or not at all.
  /// - Throws: `PlotError.failed` with gnuplot's own words, `PlotError.unwritable`.
  public func draw(
    _ figure: some PlottedFigure, as format: FigureFormat, to path: String
  ) throws(PlotError) {
    let picture = try run(figure.script(format), for: path)
    do {
      try FileSystem.current.replace(path, with: picture)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// What gnuplot makes of `script`.
  private func run(_ script: String, for path: String) throws(PlotError) -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("syn2real-plot-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (output, errors, status): (Data, Data, Int32)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // Files, not pipes: neither side can block the other, or be killed by writing to one that has ended.
      let files = ["script", "picture", "errors"].map { folder.appendingPathComponent($0) }
      try Data(script.utf8).write(to: files[0])
      for file in files.dropFirst() { try Data().write(to: file) }
      let process = Process()
      process.executableURL = executable
      process.arguments = ["-"]
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
      process.waitUntilExit()
      (output, errors) = (try Data(contentsOf: files[1]), try Data(contentsOf: files[2]))
      status = process.terminationStatus
    } catch {
      throw .failed(path: path, reason: systemReason(of: error))
    }
    guard status == 0, !output.isEmpty else {
      throw .failed(path: path, reason: Self.reason(errors, status))
    }
    return output
  }

  /// The last line of what gnuplot says, which names the mistake.
  private static func reason(_ errors: Data, _ status: Int32) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return lines.last ?? "it ended with status \(status)"
  }
}
