import ArgumentParsing
import DemoData

/// `syn2real datasets make`
struct MakeDataset: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make an embedded data set as ordinary image folders.",
    discussion: """
      drawings-photographs: drawings of the Debian package openclipart-png to train on, photographs of \
      tuxpaint-stamps-default to judge on. streets: drawn street scenes with label maps in GTA5's layout, in one style to \
      train on and in another, held-out style to judge on. digits: digits printed in the fonts of Debian packages to \
      train on, handwritten ones from MNIST and from UCI's scans to judge on, which 'make setup' fetches or the folder that \
      SYN2REAL_DIGITS names holds. domains: the same drawings, a third each in colours, in grey and as contours, and the \
      same photographs, for compare --leave-one-out. A data set that is already made is left as it is.
      """)

  /// The embedded data sets.
  enum Name: String, CaseIterable, ExpressibleByArgument {
    case drawingsPhotographs = "drawings-photographs"
    case streets
    case digits
    case domains
  }

  @Argument(help: "The data set.")
  var name: Name

  @Option(help: .init("Where to write it.", valueName: "folder"), completion: .directory)
  var output: String?

  @Option(
    help: .init(
      "drawings-photographs: the background of the cut-out pictures.",
      valueName: "white|black|gray|#rrggbb|random"))
  var background = "white"

  @Option(
    help: .init(
      "The side of the square pictures (of digits: the printed ones), or the width of streets, which are three fifths as high.",
      valueName: "pixels"))
  var size: Int?

  @Option(
    help: .init("streets, digits: the seed, which decides what is drawn.", valueName: "number"))
  var seed: UInt64 = 0

  func perform() throws {
    let folder = output ?? "Data/\(name.rawValue)"
    switch name {
    case .drawingsPhotographs: print(try makeDrawings(folder))
    case .streets: print(try makeStreets(folder))
    case .digits: print(try makeDigits(folder))
    case .domains: print(try Domains.make(at: folder, size: size ?? 160))
    }
  }

  private func makeDrawings(_ folder: String) throws -> DrawingsPhotographs.Summary {
    guard let background = DrawingsPhotographs.Background(background) else {
      throw ValidationError(
        "--background takes white, black, gray, #rrggbb or random, not '\(background)'.")
    }
    return try DrawingsPhotographs.make(at: folder, background: background, size: size ?? 160)
  }

  private func makeStreets(_ folder: String) throws -> String {
    var options = Streets.Options(seed: seed)
    if let size {
      guard (40...4000).contains(size) else {
        throw ValidationError("--size takes 40 to 4000 for streets, not \(size).")
      }
      options.width = size
      options.height = size * 3 / 5
    }
    return try Streets.make(at: folder, options, maker: "syn2real datasets make streets")
  }

  private func makeDigits(_ folder: String) throws -> String {
    var options = Digits.Options(seed: seed)
    if let size {
      guard Digits.sizes.contains(size) else {
        throw ValidationError(
          "--size takes \(Digits.sizes.lowerBound) to \(Digits.sizes.upperBound) for digits, not \(size)."
        )
      }
      options.size = size
    }
    return try Digits.make(
      at: folder, options, maker: "syn2real datasets make digits", fetcher: "make setup")
  }
}
