import DataTestSupport
import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What gnuplot draws.
@Suite struct GnuplotTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func anSVGHasAPanelForEachNetworkAndSet() throws {
    let document = try drawn(SampleFigures.hypersphere(peaks: [0.5, 4, 1, 2]))
    let words = document.texts
    for word in ["a", "b", "drawings", "photographs", "HSE 0 = 0.5", "HSE 0 = 2.0", "density"] {
      #expect(words.count { $0 == word } == 1, "\(word): \(words)")
    }
    #expect(words.count { $0 == "angle" } == 2)
    // One heat map per panel, and the bar of colours.
    #expect(document.pictures >= 4)
    #expect(words.contains { $0.hasPrefix("What is shown") })
  }

  @Test func aScatterNamesNetworksClassesAndSets() throws {
    let words = try drawn(SampleFigures.scatter(network: "a'b <&> $x")).texts
    for word in ["a'b <&> $x", "csg", "cat", "dog", "synthetic", "real", "t-SNE of 3 features"] {
      #expect(words.count { $0 == word } == 1, "\(word): \(words)")
    }
  }

  /// Names that would end their strings, or be executed, if they were written into the script unchanged.
  @Test(arguments: [
    ("x\u{600}' ; system(\"id >PWN\") #", "x\u{600}' ; system(\"id >PWN\") #"),
    ("`id >PWN`", "`id >PWN`"), ("a\"; system(\"id >PWN\"); \"", "a\"; system(\"id >PWN\"); \""),
    ("a\n! id >PWN\nb", "a ! id >PWN b"), ("@GPVAL_VERSION \\n %g", "@GPVAL_VERSION \\n %g"),
    ("\u{202E}left\u{200F}\u{1B}[31m\u{0}\u{FFFF}", "left[31m"), ("犬 – Ø é", "犬 – Ø é"),
    ("", ""), ("'007/8", "'007/8"),
  ])
  func aNameIsShownAndNeverCarriedOut(_ name: String, _ shown: String) throws {
    let trace = "\(folder.path)/trace"
    let (name, shown) = (name.replacing("PWN", with: trace), shown.replacing("PWN", with: trace))
    let words = try drawn(SampleFigures.scatter(groups: [name, "dog"], network: name)).texts
    #expect(words.count { $0 == shown } == 2, "\(words)")
    #expect(!FileManager.default.fileExists(atPath: trace))
  }

  @Test func aPNGHasTwoPixelsForEachUnit() throws {
    let figure = SampleFigures.scatter()
    let path = "\(folder.path)/figure.png"
    try Gnuplot().draw(figure, as: .png, to: path)
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 2 * figure.width)
    #expect(number(20) == 2 * figure.height)
  }

  @Test func whatGnuplotRefusesIsSaid() throws {
    let path = "\(folder.path)/figure.svg"
    let error = #expect(throws: PlotError.self) {
      try Gnuplot().draw(Mistaken(), as: .svg, to: path)
    }
    let sentence = try #require(error).description
    #expect(sentence.hasPrefix("gnuplot could not draw \(path): "))
    #expect(sentence.contains("frobnicate") || sentence.contains("invalid command"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// On a full disk gnuplot ends with status 0 and half a picture.
  @Test func halfAPictureIsNone() {
    let svg = Data("<svg>…</svg>\n".utf8)
    #expect(FigureFormat.svg.isWhole(svg) && !FigureFormat.svg.isWhole(svg.prefix(9)))
    let png = Data([0x89, 0x50, 0x4E, 0x47] + "…IEND".utf8 + [0xAE, 0x42, 0x60, 0x82])
    #expect(FigureFormat.png.isWhole(png) && !FigureFormat.png.isWhole(png.dropLast()))
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    let path = "\(folder.path)/nowhere/figure.svg"
    #expect(throws: PlotError.unwritable(path: path, reason: "No such file or directory")) {
      try Gnuplot().draw(SampleFigures.scatter(), as: .svg, to: path)
    }
  }

  private struct Mistaken: PlottedFigure {
    let width = 100
    let height = 100
    let commands = ["frobnicate"]
  }

  private func drawn(_ figure: some PlottedFigure) throws -> Document {
    let path = "\(folder.path)/figure.svg"
    try Gnuplot().draw(figure, as: .svg, to: path)
    let document = Document()
    let parser = XMLParser(data: try Data(contentsOf: URL(filePath: path)))
    parser.delegate = document
    #expect(parser.parse(), "no well-formed XML: \(String(describing: parser.parserError))")
    return document
  }

  /// The words and pictures of an SVG.
  private final class Document: NSObject, XMLParserDelegate {
    private(set) var texts: [String] = []
    private(set) var pictures = 0
    private var text: String?

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      if name == "text" { text = "" }
      if name == "image" { pictures += 1 }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
      text? += characters
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      guard name == "text", let words = text else { return }
      texts.append(words.trimmingCharacters(in: .whitespacesAndNewlines))
      text = nil
    }
  }
}
