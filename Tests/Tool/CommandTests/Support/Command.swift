import CheckoutSupport
import Foundation

/// The built `syn2real`, run as a user runs it.
enum Command {
  /// The result of a process.
  struct Outcome {
    let exitCode: Int32
    let output: String
    let errors: String

    /// The last line on standard error: the sentence that says why the command ended.
    var sentence: String {
      errors.split(separator: "\n").last.map(String.init) ?? ""
    }

    /// Standard output as JSON.
    func json<Value: Decodable>(as type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(output.utf8))
    }
  }

  /// A process that is still running.
  final class Running {
    let process = Process()
    private let folder: ScratchFolder

    fileprivate init(
      _ executable: URL, _ arguments: [String], environment: [String: String]
    ) throws {
      folder = try ScratchFolder()
      process.executableURL = executable
      process.arguments = arguments
      process.currentDirectoryURL = folder.url
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      // Files, not pipes: nobody has to empty them while the process runs.
      process.standardOutput = try Self.file(folder.path("output"))
      process.standardError = try Self.file(folder.path("errors"))
      try process.run()
    }

    private static func file(_ path: String) throws -> FileHandle {
      try Data().write(to: URL(fileURLWithPath: path))
      return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Waits until `condition` holds or the process has ended, two minutes at most.
    func wait(until condition: () -> Bool) {
      let deadline = ContinuousClock.now + .seconds(120)
      while process.isRunning, !condition(), ContinuousClock.now < deadline { usleep(2_000) }
    }

    /// The result of the process, after it has ended.
    func outcome() throws -> Outcome {
      process.waitUntilExit()
      return Outcome(
        exitCode: process.terminationStatus,
        output: try String(contentsOfFile: folder.path("output"), encoding: .utf8),
        errors: try String(contentsOfFile: folder.path("errors"), encoding: .utf8))
    }
  }

  /// Runs the command to its end.
  /// - Parameter name: the executable, `syn2real` or one that adds to it.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], as name: String = "syn2real"
  ) throws -> Outcome {
    try start(arguments, environment: environment, as: name).outcome()
  }

  /// Starts the command.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], as name: String = "syn2real"
  ) throws -> Running {
    try Running(folder.appendingPathComponent(name), arguments, environment: environment)
  }

  /// Starts a script that runs the command as `"$0" "$@"`.
  static func start(
    _ arguments: [String], script: String, environment: [String: String] = [:]
  ) throws -> Running {
    try Running(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", script, folder.appendingPathComponent("syn2real").path] + arguments,
      environment: environment)
  }

  /// Runs the command where no file may grow beyond `blocks` of 512 bytes, as on a full disk.
  static func run(_ arguments: [String], fileLimit blocks: Int) throws -> Outcome {
    let script = "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\""
    return try Running(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", script, folder.appendingPathComponent("syn2real").path] + arguments, environment: [:]
    ).outcome()
  }

  private static let folder: URL = {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    return Checkout.root.appendingPathComponent(".build/\(configuration)")
  }()
}
