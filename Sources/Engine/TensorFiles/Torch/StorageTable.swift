import Foundation

/// Turns the views that a pickle describes into tensors, with the bytes of the file's storages.
struct StorageTable {
  /// How many times the file's size may be copied. A transposed or overlapping view has to be copied, and
  /// a view that repeats one element a billion times could otherwise take any amount of memory.
  private static let maximumCopies = 4

  private let file: SourceFile
  private let storages: [String: Data]
  private let isBigEndian: Bool
  private var copyBudget: Int

  init(file: SourceFile, storages: [String: Data], isBigEndian: Bool) {
    self.file = file
    self.storages = storages
    self.isBigEndian = isBigEndian
    let (budget, overflow) = file.bytes.count.multipliedReportingOverflow(by: Self.maximumCopies)
    copyBudget = overflow ? .max : budget
  }

  /// The tensor of a view; `name` is for errors.
  mutating func tensor(
    _ view: StridedView, name: String
  ) throws(TensorFileError) -> StoredTensor {
    let type = view.storage.elementType
    let place = "tensor '\(name)'"
    let storage = try bytes(of: view.storage, place: place)
    guard let end = view.end, end <= view.storage.part.count,
      let byteCount = type.byteCount(ofShape: view.shape)
    else {
      throw file.error(
        .damaged, at: place, expected: "elements within the \(view.storage.part.count) stored",
        found: "offset \(view.offset), shape \(view.shape), strides \(view.strides)")
    }
    let swaps = isBigEndian && type.size > 1
    let bytes: Data
    if byteCount == 0 {
      bytes = Data()
    } else if view.isContiguous, !swaps {
      let start = storage.startIndex + view.offset * type.size
      bytes = storage[start..<start + byteCount]
    } else {
      guard byteCount <= copyBudget else {
        throw file.error(
          .tooLarge, at: place,
          expected: "views that together take at most \(Self.maximumCopies) times the file's size",
          found: "shape \(view.shape) with strides \(view.strides)")
      }
      copyBudget -= byteCount
      bytes = view.gather(from: storage, byteCount: byteCount, swapsBytes: swaps)
    }
    do throws(StoredTensor.SizeMismatch) {
      return try StoredTensor(elementType: type, shape: view.shape, bytes: bytes)
    } catch {
      throw file.error(
        .damaged, at: place, expected: "data of shape \(view.shape)", found: "\(bytes.count) bytes")
    }
  }

  /// The part of a storage that a reference means.
  private func bytes(
    of reference: StorageReference, place: String
  ) throws(TensorFileError) -> Data {
    guard let storage = storages[reference.key] else {
      throw file.error(
        .damaged, at: place, expected: "a storage '\(reference.key)' in the file", found: "none")
    }
    let type = reference.elementType
    guard type.byteCount(ofShape: [reference.count]) == storage.count else {
      throw file.error(
        .damaged, at: place,
        expected: "a storage '\(reference.key)' of \(reference.count) \(type) elements",
        found: "\(storage.count) bytes")
    }
    let start = storage.startIndex + reference.part.lowerBound * type.size
    return storage[start..<start + reference.part.count * type.size]
  }
}
