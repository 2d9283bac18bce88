import Foundation
import Torch

/// What a run was made with, for whoever wants to repeat it.
struct RunEnvironment: Encodable {
  let version: String
  let libtorch: String
  let system: String
  let device: String
  let threads: Int
  let seed: UInt64
  let commandLine: [String]
  let started: String

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

  init(device: Device, seed: UInt64) {
    version = Version.current
    libtorch = Libtorch.version
    system = ProcessInfo.processInfo.operatingSystemVersionString
    self.device = device.description
    threads = Libtorch.threadCount
    self.seed = seed
    commandLine = CommandLine.arguments
    started = Date().ISO8601Format()
  }
}
