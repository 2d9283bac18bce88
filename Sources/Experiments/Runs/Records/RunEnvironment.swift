import Foundation
import Torch

/// Versions, device, seed and command line of a run, for people who want to repeat it.
package struct RunEnvironment: Codable, Sendable {
  package let version: String
  package let libtorch: String
  package let system: String
  package let device: String
  package let threads: Int
  package let seed: UInt64
  package let commandLine: [String]
  package let started: String

  private enum CodingKeys: String, CodingKey {
    case version
    case libtorch
    case system
    case device
    case threads
    case seed
    case commandLine = "command_line"
    case started
  }

  package init(device: Device, seed: UInt64) {
    version = Version.current
    libtorch = Libtorch.version
    system = ProcessInfo.processInfo.operatingSystemVersionString
    self.device = device.description
    threads = Libtorch.threadCount
    self.seed = seed
    commandLine = CommandLine.arguments
    started = Date().ISO8601Format()
  }

  package init(
    version: String, libtorch: String, system: String, device: String, threads: Int, seed: UInt64,
    commandLine: [String], started: String
  ) {
    self.version = version
    self.libtorch = libtorch
    self.system = system
    self.device = device
    self.threads = threads
    self.seed = seed
    self.commandLine = commandLine
    self.started = started
  }
}
