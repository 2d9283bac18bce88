import Foundation
import Testing

/// A small run that several processes share, started without a program that does so.
struct SharedRun {
  let run: SmallRun
  private let port: Int

  init(_ run: SmallRun) throws {
    self.run = run
    port = try Self.freePort()
  }

  /// Starts the process of each rank, with the variables of PyTorch.
  /// - Parameter more: arguments of the process of a rank.
  func start(
    _ size: Int, into name: String = "run", _ more: (Int) -> [String] = { _ in [] }
  ) throws -> [Command.Running] {
    try launch(size) { run.training(into: name, ["--peer-timeout", "5"] + more($0)) }
  }

  /// Starts the process of each rank with arguments of its own.
  func launch(_ size: Int, arguments: (Int) -> [String]) throws -> [Command.Running] {
    try (0..<size).map { rank in
      try Command.start(
        arguments(rank),
        environment: [
          "RANK": "\(rank)", "WORLD_SIZE": "\(size)", "LOCAL_RANK": "\(rank)",
          "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
        ])
    }
  }

  private struct NoPort: Error {}

  /// A port that nothing uses.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw NoPort() }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
