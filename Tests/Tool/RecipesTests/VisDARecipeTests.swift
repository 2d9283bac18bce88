import CheckoutSupport
import Foundation
import Recipes
import Testing
import Training

/// The recipes of the paper's classification experiment.
@Suite struct VisDARecipeTests {
  private static let folder = Checkout.path("Recipes")

  private func recipe(_ name: String, _ overrides: [String] = []) throws -> Recipe {
    try Recipe(
      contentsOf: "\(Self.folder)/visda17-resnet101-\(name).yaml", overrides: overrides)
  }

  @Test(arguments: [
    ("csg-stage4", "method.stages=[4]"), ("csg-stages234", "method.stages=[2, 3, 4]"),
    ("csg-stages1234", "method.stages=[1, 2, 3, 4]"),
    ("csg-average-pooling", "method.pooling=average"),
    ("csg-no-augmentation", "data.augment=none"), ("csg-ramped-average", "method.ramp=true"),
    ("csg-queue4096", "method.queue=4096"), ("csg-queue16384", "method.queue=16384"),
    ("csg-pasta", "data.spectrum=pasta"),
    ("vanilla", "method={name: vanilla}"), ("oracle", "method={name: oracle}"),
    ("weight-distance", "method={name: weight-distance}"),
    ("synaptic-intelligence", "method={name: synaptic-intelligence}"),
    ("feature-distance", "method={name: feature-distance}"), ("asg", "method={name: asg}"),
  ])
  func siblingIsTheRecipeWithOneChange(name: String, change: String) throws {
    var (sibling, changed) = (try recipe(name), try recipe("csg", [change]))
    // The paper's figure for CSG is not that of its ablations.
    if name.hasPrefix("csg-") {
      #expect(sibling.published?.methods["csg"] == nil)
      (sibling.published, changed.published) = (nil, nil)
    }
    #expect(sibling == changed)
    changed = try recipe("csg")
    changed.published = sibling.published
    #expect(sibling != changed)
  }

  /// Every row of the paper's Table 1 has a recipe, which also holds the published figure.
  @Test func everyPublishedMethodHasARecipe() throws {
    let methods = try #require(try recipe("csg").published?.methods)
    for (name, entry) in methods {
      #expect(try recipe(name).method.name == name)
      #expect(entry.headline != nil)
    }
  }

  @Test func laterOnesHaveTheirOwnSettings() throws {
    let gcisg = try recipe("gcisg")
    #expect(gcisg.method.name == "gcisg" && gcisg.optimizer.learningRate == 1e-3)
    let transformer = try Recipe(contentsOf: "\(Self.folder)/visda17-clip-vit-base-16-csg.yaml")
    #expect(transformer.model.backbone.name == "clip-vit-base-16")
    #expect(transformer.method == (try recipe("csg")).method && transformer.published == nil)
  }

  @Test func resolvedSiblingIsWholeByItself() throws {
    var sibling = try recipe("csg-stage4")
    #expect(sibling.published?.methods.count == 6)
    // What was published has no effect on a run.
    sibling.published = nil
    let text = try sibling.text()
    #expect(!text.contains("base:"))
    #expect(try Recipe(text: text, source: "recipe.yaml") == sibling)
  }

  @Test func twoWaysToHoldOutAreRefused() throws {
    #expect(throws: RecipeError.self) { try recipe("csg", ["data.held_out=elsewhere"]) }
    #expect(
      try recipe("csg", ["data.held_out=elsewhere", "data.held_out_fraction=null"]).data.heldOut
        == ["elsewhere"])
  }
}
