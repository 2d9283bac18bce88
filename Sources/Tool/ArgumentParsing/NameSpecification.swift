/// The names under which an option or flag is typed.
public struct NameSpecification: ExpressibleByArrayLiteral, Sendable {
  /// One name.
  public struct Element: Hashable, Sendable {
    enum Form: Hashable, Sendable {
      case long, short
      case customLong(String)
      case customShort(Character)
    }

    let form: Form

    /// The property's name in kebab case: `--image-size`.
    public static let long = Element(form: .long)
    /// The property's first letter: `-i`.
    public static let short = Element(form: .short)

    /// A custom name after two dashes.
    public static func customLong(_ name: String) -> Element { Element(form: .customLong(name)) }

    /// A custom letter after one dash.
    public static func customShort(_ letter: Character) -> Element {
      Element(form: .customShort(letter))
    }
  }

  let elements: [Element]

  /// Creates a specification of several names.
  public init(arrayLiteral elements: Element...) { self.elements = elements }

  /// The property's name in kebab case: `--image-size`.
  public static let long: NameSpecification = [.long]
  /// The property's first letter: `-i`.
  public static let short: NameSpecification = [.short]
  /// Both: `-i` and `--image-size`.
  public static let shortAndLong: NameSpecification = [.short, .long]

  /// A custom name after two dashes.
  public static func customLong(_ name: String) -> NameSpecification { [.customLong(name)] }

  /// A custom letter after one dash.
  public static func customShort(_ letter: Character) -> NameSpecification {
    [.customShort(letter)]
  }

  /// The names with their dashes, short ones first, for a property with this name.
  func names(for property: String) -> [String] {
    let names = elements.map { element in
      switch element.form {
      case .long: "--\(property.kebabCased)"
      case .short: "-\(property.prefix(1))"
      case .customLong(let name): "--\(name)"
      case .customShort(let letter): "-\(letter)"
      }
    }
    return names.filter { !$0.hasPrefix("--") } + names.filter { $0.hasPrefix("--") }
  }
}

extension String {
  /// A camel-case name with its words in lower case, joined by dashes; an acronym is one word.
  package var kebabCased: String {
    var result = ""
    let characters = Array(self)
    for (index, character) in characters.enumerated() {
      if character.isUppercase, index > 0 {
        let startsWord = !characters[index - 1].isUppercase
        let endsAcronym = index + 1 < characters.count && characters[index + 1].isLowercase
        if (startsWord || endsAcronym) && characters[index - 1] != "_" { result += "-" }
      }
      result += character == "_" ? "-" : character.lowercased()
    }
    return result
  }
}
