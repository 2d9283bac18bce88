import Files
import Foundation
import Messages

/// The plotting program, run as a child process: it reads commands on standard input and writes the picture to standard
/// output.
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
  /// - Throws: `PlotError.failed` with gnuplot's own words, `PlotError.noRoom`, `PlotError.unwritable`.
  public func draw(
    _ figure: some PlottedFigure, as format: FigureFormat, to path: String
  ) throws(PlotError) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("syn2real-plot-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try run(figure.script(format), in: folder, for: path)
    guard outcome.status == 0, !outcome.picture.isEmpty else {
      throw .failed(path: path, reason: outcome.reason)
    }
    // gnuplot reports success even if it could not write all of its output.
    guard format.isWhole(outcome.picture) else {
      throw .noRoom(folder: folder.deletingLastPathComponent().path, reason: "it was cut off")
    }
    do {
      try FileSystem.current.replace(path, with: outcome.picture)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// Runs gnuplot on `script`, with the files for its input and output in `folder`.
  private func run(
    _ script: String, in folder: URL, for path: String
  ) throws(PlotError) -> Outcome {
    let files = ["script", "picture", "errors"].map { folder.appendingPathComponent($0) }
    let process = Process()
    process.executableURL = executable
    // Without the user's settings, which could run programs.
    process.arguments = ["--default-settings", "-"]
    process.currentDirectoryURL = folder
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // Files, not pipes: neither side can block the other, or be killed by writing to a process that has ended.
      try Data(script.utf8).write(to: files[0])
      for file in files.dropFirst() { try Data().write(to: file) }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
    } catch {
      throw .noRoom(
        folder: folder.deletingLastPathComponent().path, reason: systemReason(of: error))
    }
    do {
      try process.run()
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus, picture: try Data(contentsOf: files[1]),
        errors: try Data(contentsOf: files[2]))
    } catch {
      throw .failed(path: path, reason: systemReason(of: error))
    }
  }

  /// The result of running gnuplot.
  private struct Outcome {
    let status: Int32
    let picture: Data
    let errors: Data

    /// The last line of gnuplot's messages, which names the mistake.
    var reason: String {
      let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      return lines.last ?? "it ended with status \(status)"
    }
  }
}
