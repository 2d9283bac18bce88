import CheckoutSupport
import Testing

/// Libraries do not know the command: its options, and how the project is set up, appear only in the command's messages.
@Suite struct LibraryWordsTests {
  /// The wings with texts that must not contain such words.
  static let wings = ["Common", "Engine", "Pictures", "Data", "Learning", "Experiments"]

  @Test(arguments: wings)
  func noTextNamesAnOptionOrACommand(wing: String) throws {
    let files = Checkout.swiftFiles(below: "Sources/\(wing)")
    #expect(!files.isEmpty)
    for file in files {
      for literal in try Checkout.source(file).literals {
        let found = Self.wordsOfTheCommand(in: literal.text)
        #expect(found == nil, "\(file):\(literal.line) says \(found ?? "")")
      }
    }
  }

  @Test(arguments: [
    ("use --device cpu", "--device"), ("--resume auto", "--resume"), ("('--output')", "--output"),
    ("set up with `make CUDA=1`", "`make "), ("'make setup' fetches it", "'make "),
    ("run make first", "run make"), ("'apt-get install x'", "apt-get"),
    ("`syn2real datasets make`", "`syn2real "),
  ])
  func suchWordsAreFound(text: String, word: String) {
    #expect(Self.wordsOfTheCommand(in: text) == word)
  }

  @Test(arguments: ["a -- b", "a--b", "make it so", "they make 3", "---", "syn2real", "--"])
  func otherWordsAreNot(text: String) {
    #expect(Self.wordsOfTheCommand(in: text) == nil)
  }

  /// The first word in a text that a library must not use.
  private static func wordsOfTheCommand(in text: String) -> String? {
    if let option = text.firstMatch(of: #/(?:^|[\s'"`(])(--[a-z][a-z-]*)/#) {
      return String(option.1)
    }
    return text.firstMatch(of: #/[`']make\s|\brun make\b|\bapt-get\b|`syn2real\s/#).map {
      String($0.0)
    }
  }
}
