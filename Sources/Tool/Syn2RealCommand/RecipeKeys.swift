import ArgumentParsing
import Recipes

/// `syn2real recipe`
struct RecipeKeys: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "recipe",
    abstract: "Show the keys of recipes: type, default, range and meaning.",
    discussion: """
      Without a key it lists them all. A key is a path such as train.batch_size, the end of one such as batch_size, or a \
      section such as train.
      """)

  @Argument(help: "A key or a section.", completion: .list(Self.reference.keys))
  var key: String?

  @Flag(help: "Print the recipe reference, a page in Markdown.")
  var page = false

  private static var reference: RecipeReference {
    RecipeReference(registry: CommandContext.current.registry)
  }

  /// `--help KEY` shows the key.
  static func help(about arguments: [String]) -> String? {
    guard let key = arguments.first, arguments.count == 1 else { return nil }
    let entries = reference.entries(named: key)
    return entries.isEmpty ? nil : RecipeReference.text(entries)
  }

  func perform() throws {
    let reference = Self.reference
    if page {
      print(reference.page, terminator: "")
    } else if let key {
      let entries = reference.entries(named: key)
      guard !entries.isEmpty else {
        let hint = reference.nearestKey(to: key).map { "; did you mean \($0)?" } ?? "."
        throw ValidationError("No key of a recipe is called '\(key)'\(hint)")
      }
      print(RecipeReference.text(entries), terminator: "")
    } else {
      print(reference.summary, terminator: "")
    }
  }
}
