import Datasets

/// The division of a class's drawings into those to train on and those held out.
package struct HeldOutSplit: Hashable, Sendable {
  /// To train on.
  package let training: [SourcePicture]

  /// Held out.
  package let heldOut: [SourcePicture]

  /// Holds out the fifth of the pictures whose names' hashes are the smallest.
  ///
  /// Only names decide, so the split is the same on every machine, and adding or removing a picture moves
  /// at most one other to the other side.
  package init(_ pictures: [SourcePicture]) {
    let ordered = pictures.sorted {
      (StableHash.fnv1a($0.name), $0.name) < (StableHash.fnv1a($1.name), $1.name)
    }
    let count = (ordered.count + 2) / 5
    heldOut = ordered.prefix(count).sorted { $0.name < $1.name }
    training = ordered.dropFirst(count).sorted { $0.name < $1.name }
  }
}
