import CheckoutSupport
import Foundation
import Inference
import Recipes
import Registry
import Settings
import Testing
import YAML

/// The article on recipes says what the code does.
@Suite struct RecipeReferenceTests {
  private let rows: [ReferenceRow]

  init() throws {
    rows = try ReferenceRow.all()
  }

  @Test(arguments: [TaskName.classification, .segmentation])
  func everyKeyHasItsDefault(task: TaskName) throws {
    let recipe = try Recipe(
      text: "task: \(task.rawValue)\ndata: {train: x}\nmethod: {name: csg}", source: "recipe.yaml")
    let keys = leaves(try YAMLNode(parsing: recipe.text(), source: "recipe.yaml").value)
      .filter { !$0.key.hasPrefix("method.") && !["task", "data.train"].contains($0.key) }
    #expect(keys.count > 30)
    for (key, value) in keys {
      let row = rows.first { ($0.section == "The top" ? "" : $0.section + ".") + $0.key == key }
      let standard = try #require(row, "\(key) is not in the reference").standard(task)
      // Where another key decides, words say so.
      if let standard, standard.hasPrefix("as ") { continue }
      #expect(
        isSame(standard, value), "\(key): \(standard ?? "") in the reference, \(value) in fact")
    }
  }

  @Test(arguments: Registry.standard.methodNames)
  func everySettingOfAMethodHasItsDefault(method: String) throws {
    let type = try Registry.standard.method(named: method)
    let known = rows.filter { $0.section == "method" && $0.method == method }
    for task in [TaskName.classification, .segmentation] {
      let settings = type.standard(for: task == .classification ? .image : .pixel)
        .settingDescriptions
      #expect(known.map(\.key) == settings.map(\.key))
      for (row, setting) in zip(known, settings) {
        #expect(
          isSame(row.standard(task), setting.standard),
          "\(method).\(setting.key): \(row.defaults), \(setting.standard) in fact")
      }
    }
  }

  @Test func thePageIsWhatTheCodeDeclares() throws {
    let path = "Documentation/Syn2Real.docc/RecipeReference.md"
    let page = try String(contentsOf: Checkout.root.appendingPathComponent(path), encoding: .utf8)
    #expect(
      page == RecipeReference().page,
      "\(path) is out of date; write it anew: .build/release/syn2real recipe --page > \(path)")
  }

  @Test(arguments: [TaskName.classification, .segmentation])
  func everyKeyThatIsWrittenIsListed(task: TaskName) throws {
    let known = Set(RecipeReference().keys)
    let text =
      "task: \(task.rawValue)\n"
      + "data: {train: x, held_out: y, styles: {folder: z}}\n"
      + "method: {name: csg}\nevaluate: {every: 3, selection: last}"
    let recipe = try Recipe(text: text, source: "recipe.yaml")
    let written = leaves(try YAMLNode(parsing: recipe.text(), source: "recipe.yaml").value)
    #expect(written.count > 40)
    for (key, _) in written { #expect(known.contains(key), "\(key)") }
  }

  @Test(arguments: [
    ("train.batch_size", ["train.batch_size"]),
    (
      "schedule",
      [
        "schedule.name", "schedule.warmup", "schedule.warmup_epochs", "schedule.power",
        "schedule.final_share", "schedule.rise",
      ]
    ),
    ("batch_size", ["train.batch_size", "evaluate.batch_size"]),
    ("data.scene.jitter", ["data.scene.jitter"]), ("jitter", ["data.scene.jitter"]),
    ("ize", []),
  ])
  func keysAreFoundByTheirPathsAndEnds(name: String, keys: [String]) {
    #expect(RecipeReference().entries(named: name).map(\.path) == keys)
  }

  @Test(arguments: [
    ("train.batchsize", "train.batch_size"), ("bathc_size", "train.batch_size"),
    ("data.heldout", "data.held_out"),
  ])
  func misspeltKeysLeadToTheNearest(name: String, key: String) {
    #expect(RecipeReference().nearestKey(to: name) == key)
  }

  @Test func aKeyOfOneTaskSaysSo() throws {
    let entry = try #require(RecipeReference().entries(named: "evaluate.tile").first)
    #expect(entry.task == .segmentation)
    #expect(RecipeReference.text([entry]).contains("segmentation only"))
    #expect(entry.range == "between 32 and 16384")
  }

  /// Whether a text of the reference, where large numbers have spaces, is the value.
  private func isSame(_ text: String?, _ value: SettingValue) -> Bool {
    guard let text else { return false }
    if text == value.description || text == "none" && value == .sequence([]) { return true }
    guard let number = Double(text.replacing(" ", with: "")) else { return false }
    return number == Double(value.description)
  }

  /// The values of a mapping that are no mappings, by their paths.
  private func leaves(_ value: YAMLValue, below path: String = "") -> [(
    key: String, value: YAMLValue
  )] {
    guard case .mapping(let members) = value else { return [(path, value)] }
    return members.flatMap { leaves($0.value, below: path.isEmpty ? $0.key : "\(path).\($0.key)") }
  }
}
