/// A storage as a pickle names it; its bytes are elsewhere in the file.
struct StorageReference {
  /// The storage's name in the file; tensors that share memory have the same one.
  let key: String

  let elementType: ElementType

  /// The number of elements of the whole storage.
  let count: Int

  /// The part of the storage that is meant, in elements.
  let part: Range<Int>
}
