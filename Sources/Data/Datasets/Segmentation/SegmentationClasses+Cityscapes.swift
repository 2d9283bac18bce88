extension SegmentationClasses {
  /// The 19 classes that Cityscapes evaluates, by its label ids, which the palette of GTA5 has too (Algorithm.md §10).
  public static let cityscapes: SegmentationClasses = {
    let classes: [(String, [UInt8], UInt8)] = [
      ("road", [128, 64, 128], 7), ("sidewalk", [244, 35, 232], 8),
      ("building", [70, 70, 70], 11), ("wall", [102, 102, 156], 12),
      ("fence", [190, 153, 153], 13), ("pole", [153, 153, 153], 17),
      ("traffic light", [250, 170, 30], 19), ("traffic sign", [220, 220, 0], 20),
      ("vegetation", [107, 142, 35], 21), ("terrain", [152, 251, 152], 22),
      ("sky", [70, 130, 180], 23), ("person", [220, 20, 60], 24), ("rider", [255, 0, 0], 25),
      ("car", [0, 0, 142], 26), ("truck", [0, 0, 70], 27), ("bus", [0, 60, 100], 28),
      ("train", [0, 80, 100], 31), ("motorcycle", [0, 0, 230], 32),
      ("bicycle", [119, 11, 32], 33),
    ]
    let judged = Set(classes.map(\.2))
    return SegmentationClasses(
      classes.map { Class(name: $0.0, color: $0.1, values: [$0.2]) },
      ignoring: (0...34).filter { !judged.contains($0) } + [255])
  }()
}
