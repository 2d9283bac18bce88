/// Cityscapes' classes as the label maps of other sets number them: those that a set has, in Cityscapes' order.
extension SegmentationClasses {
  /// SYNTHIA-RAND-CITYSCAPES has 16 of the 19: no terrain, truck or train. As in the tables of the field, lane markings, road
  /// works and parking slots are in no class.
  public static let synthia = cityscapes(
    [
      "road": [3], "sidewalk": [4], "building": [2], "wall": [21], "fence": [5], "pole": [7],
      "traffic light": [15], "traffic sign": [9], "vegetation": [6], "sky": [1], "person": [10],
      "rider": [17], "car": [8], "bus": [19], "motorcycle": [12], "bicycle": [11],
    ], of: 0...22)

  /// UrbanSyn: Cityscapes' train ids, then 19 for what has no class.
  public static let urbanSyn = trainIds(upTo: 19)

  /// BDD100K: Cityscapes' train ids.
  public static let bdd100k = trainIds(upTo: 18)

  /// Mapillary Vistas 1.2 has 66 classes, of which these are counted as Cityscapes' in the tables of domain generalisation: curbs
  /// are sidewalk, lane markings and manholes are road, and who rides anything is a rider. The others are in no class.
  public static let mapillary = cityscapes(
    [
      "road": [13, 24, 41], "sidewalk": [15, 2], "building": [17], "wall": [6], "fence": [3],
      "pole": [45, 47], "traffic light": [48], "traffic sign": [50], "vegetation": [30],
      "terrain": [29], "sky": [27], "person": [19], "rider": [20, 21, 22], "car": [55],
      "truck": [61], "bus": [54], "train": [58], "motorcycle": [57], "bicycle": [52],
    ], of: 0...65)

  private static func trainIds(upTo last: UInt8) -> SegmentationClasses {
    cityscapes(
      Dictionary(
        uniqueKeysWithValues: cityscapes.names.enumerated().map { ($1, [UInt8($0)]) }),
      of: 0...last)
  }

  /// The classes that have values; the other values up to the largest, and 255, are in none.
  private static func cityscapes(
    _ values: [String: [UInt8]], of known: ClosedRange<UInt8>
  ) -> SegmentationClasses {
    let used = Set(values.values.joined())
    return SegmentationClasses(
      cityscapes.classes.compactMap { entry in
        values[entry.name].map { Class(name: entry.name, color: entry.color, values: $0) }
      }, ignoring: known.filter { !used.contains($0) } + [ignored])
  }
}
