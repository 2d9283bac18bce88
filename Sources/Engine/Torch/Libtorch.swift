import CTorch

/// The library that does the computations.
public enum Libtorch {
  /// Its version, such as `2.11.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The number of threads that one operation uses on the CPU.
  public static var threadCount: Int { Int(ct_threads()) }

  /// Sets the number of threads that one operation uses on the CPU.
  /// - Throws: `TorchError` for a number below one.
  public static func setThreadCount(_ count: Int) throws(TorchError) {
    guard ct_set_threads(Int32(clamping: count)) == 0 else {
      throw .last("setThreadCount(\(count))")
    }
  }

  /// Keeps the memory of freed tensors for the next ones, instead of giving it back to the system: a training
  /// step frees and allocates the same sizes again and again. This applies to the whole process.
  public static func keepFreedMemory() {
    ct_keep_freed_memory()
  }

  /// Decides how the threads of an operation wait for each other: spinning, which is fastest where each has a core of its own
  /// and is what happens by default, or asleep, which leaves the cores to other processes. `ContentionWatch` decides by itself.
  public static func waitAsleep(_ sleeps: Bool) {
    ct_wait_asleep(sleeps)
  }
}
