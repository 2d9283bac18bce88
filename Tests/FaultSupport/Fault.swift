/// What happens at one operation on files.
package enum Fault: String, Sendable, CaseIterable {
  /// The operation fails, once.
  case failure
  /// From the operation on the disk has no room left.
  case fullDisk
  /// The process is killed by the operation, of which a write is half done.
  case kill
  /// The machine fails after the operation; the disk has lost all that nobody waited for.
  case powerLoss
  /// The machine fails after the operation; the disk has half of the bytes and all of the names that nobody waited
  /// for.
  case tornWrite

  /// Whether nothing more happens afterwards.
  var isEnd: Bool { self != .failure && self != .fullDisk }
}
