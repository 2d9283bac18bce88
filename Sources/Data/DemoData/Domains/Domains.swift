import ClassTables
import Datasets
import Foundation
import Imaging

/// The data set of four domains: coloured, grey and contour renderings of drawings, and photographs, each to be left out in its
/// turn.
///
/// Classes and pictures are those of ``DrawingsPhotographs``. Each drawing is in one domain alone, so that no picture of a
/// domain that is left out was seen in another form.
public enum Domains {
  /// Everything that decides what the set is.
  struct Record: Codable, Equatable {
    let size: Int
    let table: String
    /// Increased with every change of the rendering.
    private(set) var version = 1
  }

  /// The record of a finished set.
  private static let recordName = "domains.json"

  /// Makes the set, or finds it finished:
  /// ```
  /// FOLDER/drawings/CLASS/NAME.png       a third of the drawings of each class, chosen by a hash of the name
  /// FOLDER/gray/CLASS/NAME.png           another third, without colours
  /// FOLDER/contours/CLASS/NAME.png       the last third, as contours
  /// FOLDER/photographs/CLASS/NAME.png
  /// FOLDER/README.md                     sources, licences, counts
  /// ```
  /// The folder appears complete or not at all; a set made otherwise is replaced where nothing else lies in it.
  /// - Parameter size: the side of the pictures, 16 to 1024 pixels.
  /// - Returns: a sentence about the set.
  /// - Throws: `DrawingsPhotographs.MakingError`.
  public static func make(
    at folder: String, size: Int = 160
  ) throws(DrawingsPhotographs.MakingError) -> String {
    let table: ClassTable
    do { table = try ClassTable.embedded() } catch { throw .table("\(error)") }
    return try make(
      at: folder, table, drawings: .drawings, photographs: .photographs, size: size)
  }

  /// Makes the set from a class table and two packages.
  package static func make(
    at folder: String, _ table: ClassTable, drawings: PicturePackage, photographs: PicturePackage,
    size: Int
  ) throws(DrawingsPhotographs.MakingError) -> String {
    guard DrawingsPhotographsMaker.sizes.contains(size) else { throw .invalidSize(size) }
    do {
      var pictures: [DomainPicture] = []
      let wasThere = try OutputFolder(folder).fill(
        describedBy: Record(size: size, table: table.fingerprint), in: recordName
      ) { partial in
        pictures = try DomainPicture.all(in: table, drawings, photographs)
        for name in Set(pictures.map { "\($0.domain.rawValue)/\($0.className)" }) {
          try partial.makeFolder(name)
        }
        try partial.writeInParallel(pictures) { picture in
          try picture.rendered(size: size)
            .writePNGInPassing(to: partial.path(picture.path))
        }
        try partial.write(readme(pictures, drawings, photographs), to: "README.md")
      }
      return "\(folder): "
        + (wasThere ? "four domains, as they were" : counts(pictures).joined(separator: ", "))
    } catch let error as DrawingsPhotographs.MakingError {
      throw error
    } catch let error as ImageError {
      throw .picture(error)
    } catch {
      throw .folder(error as? FolderError ?? FolderError(path: folder, error))
    }
  }

  private static func counts(_ pictures: [DomainPicture]) -> [String] {
    DomainPicture.Domain.allCases.map { domain in
      "\(pictures.count { $0.domain == domain }) \(domain.rawValue)"
    }
  }

  private static func readme(
    _ pictures: [DomainPicture], _ drawings: PicturePackage, _ photographs: PicturePackage
  ) -> String {
    """
    # Four domains

    Pictures of \(Set(pictures.map(\.className)).count) classes in four domains, each to be left out of the training in its \
    turn: \(counts(pictures).joined(separator: ", ")).

    | folder | holds | from | licence |
    | --- | --- | --- | --- |
    | `drawings`, `gray`, `contours` | a third of the drawings of each class, chosen by a hash of the name: in colours, \
    without colours, as contours | Debian package `\(drawings.name)`: Open Clip Art Library | public domain |
    | `photographs` | photographs | Debian package `\(photographs.name)`: Tux Paint stamps by Bill Kendrick and contributors \
    | GNU General Public License, version 2 |

    The full licence texts are in `/usr/share/doc/\(drawings.name)/copyright` and \
    `/usr/share/doc/\(photographs.name)/copyright`. Who passes the photographs on does so under the GPL-2, with the pictures \
    of that package as their source.

    """
  }
}
