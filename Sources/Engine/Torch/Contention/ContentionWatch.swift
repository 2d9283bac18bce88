import Foundation
import Processors

/// Looks at the machine's load twice a second, and lets threads that wait for each other sleep while other processes need
/// the cores.
///
/// A waiting thread that spins holds a core that another process needs, and that process in turn delays the thread it waits
/// for: beside two busy processes, a step of two threads takes many times its fair share. Without others, spinning is fastest.
/// Only Linux tells the load; elsewhere, and where libtorch's OpenMP is not GNU's, nothing happens.
public enum ContentionWatch {
  private static let interval = 0.5

  /// Begins to watch, once for the whole process and until it ends.
  public static func start() { _ = isWatching }

  private static let isWatching: Bool = {
    guard ProcessorTimes.now() != nil else { return false }
    let thread = Thread {
      var rule = ContentionRule()
      var sleeps = false
      while true {
        if let others = timeOfOthers() {
          let isContended = rule.isContended(
            others: others, at: ProcessInfo.processInfo.systemUptime,
            freeCores: max(0, Processors.count - Libtorch.threadCount))
          if isContended != sleeps { Libtorch.waitAsleep(isContended) }
          sleeps = isContended
        }
        Thread.sleep(forTimeInterval: interval)
      }
    }
    thread.name = "contention watch"
    thread.start()
    return true
  }()

  /// The processor time that other processes have used so far, as far as this one does not come before them.
  private static func timeOfOthers() -> Double? {
    guard let all = ProcessorTimes.now() else { return nil }
    var own = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own)
    // Processes that give way are in nobody's way, except of those that give way too.
    let givesWay = nice(0) > 0
    return all.usual + (givesWay ? all.nice : 0) - Double(own.tv_sec) - Double(own.tv_nsec) / 1e9
  }
}
