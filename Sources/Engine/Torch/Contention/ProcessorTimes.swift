import Foundation

/// The time that all processors of a machine have spent so far, in seconds of one processor.
package struct ProcessorTimes: Equatable {
  /// By processes of usual priority, and by the system itself.
  package let usual: Double
  /// By processes that give way to those (`nice`).
  package let nice: Double

  /// Reads the first line of `/proc/stat`; nil where it is something else.
  /// - Parameter ticks: how many of its units are a second.
  package init?(statistics: String, ticks: Double) {
    let line = statistics.prefix { $0 != "\n" }.split(separator: " ")
    let values = line.dropFirst().compactMap { Double($0) }
    guard line.first == "cpu", values.count >= 8, ticks > 0 else { return nil }
    nice = values[1] / ticks
    // user, system, interrupts of both kinds, and what a hypervisor gave to other machines; not idle, nor waiting for disks.
    usual = [0, 2, 5, 6, 7].reduce(0) { $0 + values[$1] } / ticks
  }

  /// The present times; nil where the system does not tell.
  static func now() -> ProcessorTimes? {
    guard let statistics = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else {
      return nil
    }
    return ProcessorTimes(statistics: statistics, ticks: Double(sysconf(Int32(_SC_CLK_TCK))))
  }
}
