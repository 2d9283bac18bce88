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
}
