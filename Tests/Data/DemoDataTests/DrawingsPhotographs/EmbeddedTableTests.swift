import ClassTables
import DemoData
import Foundation
import Testing

/// The table of the data set against the packages it was made for.
@Suite struct EmbeddedTableTests {
  static let arePackagesInstalled =
    PicturePackage.drawings.isInstalled && PicturePackage.photographs.isInstalled

  @Test func isWellFormed() throws {
    let table = try ClassTable.embedded()
    #expect(table.entries.count == 8)
    #expect(table.version >= 1)
  }

  @Test(.enabled(if: arePackagesInstalled)) func hasNoPatternWithoutAMatch() throws {
    for entry in try ClassTable.embedded().entries {
      #expect(entry.drawings.patternsWithoutMatch(in: .drawings) == [], "\(entry.name)")
      #expect(entry.photographs.patternsWithoutMatch(in: .photographs) == [], "\(entry.name)")
    }
  }

  @Test(.enabled(if: arePackagesInstalled)) func hasEnoughOfEveryClass() throws {
    for entry in try ClassTable.embedded().entries {
      #expect(entry.drawings.pictures(in: .drawings).count >= 40, "\(entry.name)")
      #expect(entry.photographs.pictures(in: .photographs).count >= 15, "\(entry.name)")
    }
  }

  @Test(.enabled(if: arePackagesInstalled)) func hasEveryPictureOnce() throws {
    let entries = try ClassTable.embedded().entries
    for pictures in [
      entries.flatMap { $0.drawings.pictures(in: .drawings) },
      entries.flatMap { $0.photographs.pictures(in: .photographs) },
    ] {
      #expect(Set(pictures.map(\.path)).count == pictures.count)
      var owners = [Data: String]()
      for picture in pictures {
        let content = try Data(contentsOf: URL(fileURLWithPath: picture.path))
        #expect(owners.updateValue(picture.path, forKey: content) == nil, "\(picture.path)")
      }
    }
  }

  @Test(.enabled(if: arePackagesInstalled)) func hasNoDrawingOnBothSidesOfTheSplit() throws {
    let splits = try ClassTable.embedded().entries.map {
      HeldOutSplit($0.drawings.pictures(in: .drawings))
    }
    let training = Set(splits.flatMap(\.training).map(\.name))
    #expect(training.isDisjoint(with: splits.flatMap(\.heldOut).map(\.name)))
  }
}
