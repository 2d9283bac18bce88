import Messages

extension RecipeReference {
  /// The article of the documentation.
  public var page: String {
    var lines = [Self.introduction]
    var sections: [String] = []
    for entry in entries where !sections.contains(entry.section) { sections.append(entry.section) }
    for section in sections {
      lines += ["", "## \(section.isEmpty ? "The top" : section)", ""]
      lines += Self.notes[section].map { [$0, ""] } ?? []
      let members = entries.filter { $0.section == section }
      lines += section == "method" ? methodTable(members) : table(members)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static let head = "| key | type | default | range | meaning |"
  private static let rule = "| --- | --- | --- | --- | --- |"

  private func table(_ entries: [Entry]) -> [String] {
    [Self.head, Self.rule] + entries.map { "| " + $0.cells.joined(separator: " | ") + " |" }
  }

  /// A table whose rows say a method's name once.
  private func methodTable(_ entries: [Entry]) -> [String] {
    var lines = ["| method " + Self.head, "| --- " + Self.rule]
    var method: String?
    for entry in entries {
      let name = entry.method == method ? "" : entry.method.map { "`\($0)`" } ?? ""
      method = entry.method
      lines.append("| \(name) | " + entry.cells.joined(separator: " | ") + " |")
    }
    return lines
  }

  private static let introduction = """
    # Recipe reference

    Every key of a recipe: its type, its default, its range and what it means.

    ## Overview

    This page is what `syn2real recipe --page` prints, from the declarations that read the recipes; `syn2real recipe KEY` prints one key.

    A recipe is a YAML file that says everything that determines a run. What it leaves out has the default below; where
    the tasks differ, the default of classification stands first and that of segmentation after it. An unknown key is an error that names the nearest one; null stands
    for the default. `recipe.yaml` of a run folder holds every value that had an effect (<doc:RunFolder>).

    A recipe says nothing of the machine: with other threads, another processor or libtorch, figures differ in their last digits. The run's
    `environment.json` records these, and a run that goes on elsewhere warns. A path of data or weights leads from the working folder, or if nothing
    is there, from the folder of the file that it is written in; the run's recipe holds the one that was found.

    Three things come before the keys are read:

    * `base: other.yaml` at the top lays the file over another recipe, found from the file's folder. Mappings are merged key by key, everything else is
      replaced. A mapping with another `name`, such as another method, replaces the whole one. Where `data.train` names other data, `held_out`,
      `held_out_fraction`, `real`, `unseen`, `classes` and `exif_orientation` of the other recipe are not taken over, since they belong to its data.
    * `methods:` at the top holds settings by the names of methods; those of the method that `method.name` chooses stand below what `method` itself says. So
      one recipe serves a whole comparison.
    * `--set key.path=value` changes a value for one run; the value is YAML: `--set method.stages=[4]`, `--set data.real[0]=photographs`.

    Of two keys that say the same in different ways (`train.epochs` and `train.iterations`, `data.styles.folder` and `data.styles.stylised`), the one of the
    upper file takes the place of the base's, and that of `--set` the place of any file's.
    """

  private static let notes = [
    "data": "Keys with a dot stand in a mapping of their own: `randaugment: {operations: 2}`.",
    "method":
      "Beside `name` stand the settings of that method; `syn2real methods` prints them with what each method is.",
    "published":
      "What a paper reports of the experiment, to stand beside one's own figures in a comparison's table. It changes nothing of a run.",
  ]
}

extension RecipeReference {
  /// Some keys, each with all that is known of it, for a terminal.
  public static func text(_ entries: [Entry]) -> String {
    entries.map { entry in
      let owner = [entry.method, entry.task.map { "\($0.rawValue) only" }].compactMap { $0 }
      let place = owner.isEmpty ? "" : " (\(owner.joined(separator: ", ")))"
      let range = entry.range.isEmpty ? entry.type : "\(entry.type), \(entry.range)"
      return "\(entry.path)\(place): \(range)\n  default: \(entry.defaultText)\n  \(entry.help)\n"
    }.joined().replacing("`", with: "'")
  }

  /// Every key on a line, with its default and its meaning.
  public var summary: String {
    let width = keys.map(\.count).max() ?? 0
    return entries.map { entry in
      let pad = String(repeating: " ", count: width - entry.path.count)
      let owner = entry.method.map { "\($0): " } ?? ""
      return "\(entry.path)\(pad)  \(owner)\(entry.defaultText)\n"
    }.joined().replacing("`", with: "'")
  }
}

extension RecipeReference.Entry {
  /// The default; where the tasks differ, classification's first.
  fileprivate var defaultText: String { defaults.joined(separator: "; ") }

  /// What a row of the page says.
  fileprivate var cells: [String] {
    let meaning = task.map { "\(help) Only for \($0.rawValue)." } ?? help
    return ["`\(key)`", type, defaultText, range, meaning]
  }
}
