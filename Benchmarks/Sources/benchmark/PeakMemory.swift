import Foundation

/// The resident memory of this process from now on, as Linux counts it.
struct PeakMemory {
  /// Resident at the start.
  let idleBytes: Int
  /// The most resident between start and `finish`.
  private(set) var peakBytes = 0

  /// Gives back what loading left over, and starts to count.
  init() throws {
    Self.trimHeap()
    // 5 sets VmHWM back to what is resident now.
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .ascii)
    idleBytes = try Self.statusBytes("VmRSS")
  }

  /// Stops counting.
  mutating func finish() throws {
    peakBytes = try Self.statusBytes("VmHWM")
  }

  /// glibc's malloc_trim, which Swift's module of glibc leaves out.
  private static func trimHeap() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
  }

  private static func statusBytes(_ key: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .ascii)
    for line in status.split(separator: "\n") where line.hasPrefix(key + ":") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count > 1, let kibibytes = Int(words[1]) { return kibibytes * 1024 }
    }
    throw CocoaError(.fileReadCorruptFile)
  }
}
