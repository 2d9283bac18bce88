import Foundation

/// The most memory this process has had so far, in bytes.
func peakMemory() throws -> Int {
  #if os(Linux)
    // getrusage would count what the parent had before it started this process.
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (peak?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}
