import Datasets

/// The classes of a street's pixels, by Cityscapes' label ids.
package enum StreetClass: UInt8, CaseIterable, Sendable {
  case road = 7
  case sidewalk = 8
  case building = 11
  case pole = 17
  case vegetation = 21
  case sky = 23
  case person = 24
  case car = 26

  /// The classes as label maps hold them, with Cityscapes' names and colours.
  package static let table = SegmentationClasses(
    SegmentationClasses.cityscapes.classes.filter { entry in
      allCases.contains { entry.values.contains($0.rawValue) }
    }, ignoring: [SegmentationClasses.ignored])
}
