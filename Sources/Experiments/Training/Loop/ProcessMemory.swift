import Foundation

/// The memory that this process holds, without a GPU's own, in bytes; nil where the system has no file that says it.
enum ProcessMemory {
  /// Now.
  static var present: Int? { value(of: "VmRSS:") }
  /// The most so far.
  static var peak: Int? { value(of: "VmHWM:") }

  private static func value(of key: String) -> Int? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }
}
