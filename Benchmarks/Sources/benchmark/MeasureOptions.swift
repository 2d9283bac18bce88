import ArgumentParsing
import Foundation
import Torch

/// How often the work is done, and on how many threads.
struct MeasureOptions: ParsableArguments {
  @Option(help: "Threads of an operation on the CPU.")
  var threads: Int

  @Option(help: "Runs before the measured ones.")
  var warmup = 1

  @Option(help: "Measured runs.")
  var repeats: Int

  /// Sets libtorch up as the `syn2real` command does.
  func prepare() throws {
    guard warmup >= 0, repeats > 0 else {
      throw ValidationError("--repeats must be at least 1 and --warmup at least 0.")
    }
    try Libtorch.setThreadCount(threads)
    Libtorch.keepFreedMemory()
    ContentionWatch.start()
  }

  /// Does `work`, and prints what it took and the last value it gave.
  /// - Parameter images: how many images each run goes through.
  func report(images: Int, _ work: () throws -> Double) throws {
    var memory = try PeakMemory()
    var seconds: [Double] = []
    var cpuSeconds: [Double] = []
    var value = 0.0
    var firstValue: Double?
    for run in 0..<warmup + repeats {
      let start = ContinuousClock.now
      let cpuStart = Self.cpuSeconds()
      value = try work()
      if run >= warmup {
        seconds.append((ContinuousClock.now - start) / .seconds(1))
        cpuSeconds.append(Self.cpuSeconds() - cpuStart)
      }
      firstValue = firstValue ?? value
    }
    try memory.finish()
    let measurement = Measurement(
      seconds: seconds, cpuSeconds: cpuSeconds, images: images, firstValue: firstValue ?? value,
      idleMemoryBytes: memory.idleBytes, peakMemoryBytes: memory.peakBytes)
    print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
  }

  /// What all threads of the process have spent on a core.
  private static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
