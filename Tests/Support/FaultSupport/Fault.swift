/// What happens at one operation on files.
package enum Fault: String, Sendable, CaseIterable {
  /// The operation fails, once.
  case failure
  /// From this operation on, the disk is full.
  case fullDisk
  /// The process is killed during the operation; a write is half done.
  case kill
  /// The machine fails after the operation; the disk has lost everything that was not synchronised.
  case powerLoss
  /// The machine fails after the operation; of everything not synchronised, the disk has half of the bytes and all of the
  /// names.
  case tornWrite

  /// Whether nothing more happens afterwards.
  var isEnd: Bool { self != .failure && self != .fullDisk }
}
