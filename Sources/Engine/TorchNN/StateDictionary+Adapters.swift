import TensorFiles

extension StateDictionary {
  /// The same tensors with adapters merged into the weights, for a file; itself where there are none.
  public func mergingAdapters() throws -> StateDictionary {
    guard entries.contains(where: { StateDict.isOfAdapter($0.name) }) else { return self }
    return try StateDict(self).mergingAdapters().stored(metadata: metadata)
  }
}
