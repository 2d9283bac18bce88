/// What one process found out; peer.py prints the same keys.
struct Measurement: Encodable {
  /// The time of each measured run.
  let seconds: [Double]
  /// The time of all threads on a core, for each measured run.
  let cpuSeconds: [Double]
  /// The images each run goes through.
  let images: Int
  /// The result of the very first run: equal on both sides where both did the same work.
  let firstValue: Double
  /// Resident before the first run, the networks loaded.
  let idleMemoryBytes: Int
  /// The most that was resident during the runs.
  let peakMemoryBytes: Int

  private enum CodingKeys: String, CodingKey {
    case seconds
    case cpuSeconds = "cpu_seconds"
    case images
    case firstValue = "first_value"
    case idleMemoryBytes = "idle_memory_bytes"
    case peakMemoryBytes = "peak_memory_bytes"
  }
}
