import Foundation
import Processors

/// The time that the processors of a machine have spent so far, or those that this process may use, in seconds of one processor.
package struct ProcessorTimes: Equatable {
  /// By processes of usual priority, and by the system itself.
  package let usual: Double
  /// By processes that give way to those (`nice`).
  package let nice: Double

  /// Reads `/proc/stat`; nil where the text is something else, or has none of the processors.
  /// - Parameters:
  ///   - ticks: how many of its units are a second.
  ///   - processors: the numbers of those that count; nil for all.
  package init?(statistics: String, ticks: Double, processors: Set<Int>? = nil) {
    let names = processors.map { Set($0.map { "cpu\($0)" }) } ?? ["cpu"]
    let lines = statistics.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { $0.first.map { names.contains(String($0)) } ?? false }
      .map { $0.dropFirst().compactMap { Double($0) } }
    guard !lines.isEmpty, lines.allSatisfy({ $0.count >= 8 }), ticks > 0 else { return nil }
    nice = lines.reduce(0) { $0 + $1[1] } / ticks
    // user, system, interrupts of both kinds, and what a hypervisor gave to other machines; not idle, nor waiting for disks.
    usual =
      lines.reduce(0) { sum, values in [0, 2, 5, 6, 7].reduce(sum) { $0 + values[$1] } } / ticks
  }

  /// The present times; nil where the system does not tell.
  static func now() -> ProcessorTimes? {
    guard let statistics = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else {
      return nil
    }
    return ProcessorTimes(
      statistics: statistics, ticks: Double(sysconf(Int32(_SC_CLK_TCK))),
      processors: Processors.numbers)
  }
}
