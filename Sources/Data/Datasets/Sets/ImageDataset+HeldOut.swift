extension ImageDataset {
  /// The set without a share of each class, and that share.
  ///
  /// The images whose paths within the set have the smallest hashes are held out, so that the split is the same on
  /// every machine and for every seed, and adding or removing an image moves at most one other. If a class has at
  /// least two images, each side gets at least one; a single image is used for training.
  /// - Parameter fraction: the share to hold out, rounded to whole images of each class; between 0 and 1.
  public func holdingOut(_ fraction: Double) -> (training: ImageDataset, heldOut: ImageDataset) {
    var isHeldOut = [Bool](repeating: false, count: samples.count)
    for members in Dictionary(grouping: samples.indices, by: { samples[$0].label }).values {
      let ordered = members.map { (hash: StableHash.fnv1a(pathWithin(samples[$0])), index: $0) }
        .sorted { ($0.hash, $0.index) < ($1.hash, $1.index) }
      let share = (Double(members.count) * fraction).rounded()
      let count = min(max(Int(share), 1), members.count - 1)
      for entry in ordered.prefix(count) { isHeldOut[entry.index] = true }
    }
    func part(_ isWanted: Bool, named path: String) -> ImageDataset {
      ImageDataset(
        path: path, classes: classes,
        samples: zip(samples, isHeldOut).filter { $0.1 == isWanted }.map(\.0),
        isUpright: isUpright)
    }
    var training = part(false, named: path)
    training.overlooked = overlooked
    training.otherFormats = otherFormats
    return (training, part(true, named: HeldOutShare.name(of: path)))
  }

  /// The sample's path relative to the set's folder, to that of its list file, or to that around it; in shards, the name there.
  func pathWithin(_ sample: Sample) -> String {
    if let part = sample.file.part { return part.name }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false)
    let parents = [1, 2].map { folder.dropLast($0).joined(separator: "/") }
    for root in [path] + parents where !root.isEmpty && sample.path.hasPrefix(root + "/") {
      return String(sample.path.dropFirst(root.count + 1).drop { $0 == "/" })
    }
    return sample.path
  }
}
