/// A storage as a pickle names it; its bytes lie elsewhere in the file.
struct StorageReference {
  /// The storage's name in the file. Tensors that share memory share it.
  let key: String

  let elementType: ElementType

  /// Elements of the whole storage.
  let count: Int

  /// The part of the storage that is meant, in elements.
  let part: Range<Int>
}
