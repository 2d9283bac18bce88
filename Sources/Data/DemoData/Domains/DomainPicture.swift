import ClassTables
import Datasets
import Imaging

/// A picture of a domain, before it is rendered.
struct DomainPicture: Sendable {
  /// A domain, by the name of its folder.
  enum Domain: String, CaseIterable, Sendable {
    case drawings
    case gray
    case contours
    case photographs
  }

  let domain: Domain
  let className: String
  let source: SourcePicture

  /// Its path within the set.
  var path: String { "\(domain.rawValue)/\(className)/\(source.name).png" }

  /// The pictures of all classes: drawings dealt out to three domains in the order of their names' hashes, and photographs.
  static func all(
    in table: ClassTable, _ drawings: PicturePackage, _ photographs: PicturePackage
  ) throws(DrawingsPhotographs.MakingError) -> [DomainPicture] {
    for package in [drawings, photographs] where !package.isInstalled {
      throw .missingPackage(name: package.name, folder: package.root)
    }
    var pictures: [DomainPicture] = []
    for entry in table.entries {
      let drawn = entry.drawings.pictures(in: drawings).sorted {
        (StableHash.fnv1a($0.name), $0.name) < (StableHash.fnv1a($1.name), $1.name)
      }
      let domains: [Domain] = [.drawings, .gray, .contours]
      let taken = entry.photographs.pictures(in: photographs)
      if drawn.count < domains.count { throw .emptyClass(name: entry.name, package: drawings.name) }
      if taken.isEmpty { throw .emptyClass(name: entry.name, package: photographs.name) }
      pictures += drawn.enumerated().map { place, picture in
        DomainPicture(
          domain: domains[place % domains.count], className: entry.name, source: picture)
      }
      pictures += taken.map {
        DomainPicture(domain: .photographs, className: entry.name, source: $0)
      }
    }
    return pictures
  }

  /// The picture cut out on white, in the manner of its domain.
  /// - Throws: `ImageError`; `DrawingsPhotographs.MakingError.transparent`.
  func rendered(size: Int) throws -> Image {
    guard
      let image = try Image.decodeRGBA(path: source.path).cutOut(on: [255, 255, 255], size: size)
    else { throw DrawingsPhotographs.MakingError.transparent(path: source.path) }
    return switch domain {
    case .drawings, .photographs: image
    case .gray: try image.withoutColors()
    case .contours: try image.contours()
    }
  }
}
