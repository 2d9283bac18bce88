import CTorch

/// The library underneath.
public enum Libtorch {
  /// Its version, such as `2.11.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The threads one operation is spread over on the CPU.
  public static var threadCount: Int { Int(ct_threads()) }

  /// Sets the threads one operation is spread over on the CPU.
  /// - Throws: `TorchError` for less than one.
  public static func setThreadCount(_ count: Int) throws(TorchError) {
    guard ct_set_threads(Int32(clamping: count)) == 0 else {
      throw .last("setThreadCount(\(count))")
    }
  }

  /// Keeps the memory of freed tensors for the next ones, where the system's allocator would give it back:
  /// a training step frees and asks for the same sizes again and again. For the whole process.
  public static func keepFreedMemory() {
    ct_keep_freed_memory()
  }
}
