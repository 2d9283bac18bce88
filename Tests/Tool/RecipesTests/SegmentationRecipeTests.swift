import Backbones
import CheckoutSupport
import Foundation
import Generalization
import Recipes
import Testing
import Training

/// The recipes of the paper's segmentation experiment and of the embedded streets.
@Suite struct SegmentationRecipeTests {
  private func recipe(_ name: String, _ overrides: [String] = []) throws -> Recipe {
    try Recipe(contentsOf: Checkout.path("Recipes/\(name).yaml"), overrides: overrides)
  }

  @Test func theReleasedExperimentHasThePapersValues() throws {
    let recipe = try recipe("gta5-cityscapes-resnet50-csg")
    #expect(
      recipe.method
        == MethodRecipe(CSGConfiguration(lambda: 75, grid: 8, trainsProjectionHeads: false)))
    #expect(recipe.model.backbone == .resnet50 && recipe.model.head == .segmenter(.aspp))
    #expect(recipe.train.length == .iterations(100_000) && recipe.train.batchSize == 6)
    #expect(recipe.optimizer.learningRate == 1e-3 && recipe.optimizer.backboneRate == 0.1)
    #expect(recipe.data.imageSize == 512)
    #expect(recipe.published?.methods["csg"]?.headline == 35.27)
  }

  @Test(arguments: [50, 101])
  func siblingsChangeWhatTheirNamesSay(depth: Int) throws {
    let name = "gta5-cityscapes-resnet\(depth)"
    let csg = try recipe("\(name)-csg")
    #expect(csg.model.backbone.name == "resnet\(depth)")
    #expect(
      try recipe("\(name)-vanilla") == recipe("\(name)-csg", ["method={name: vanilla}"]))
    #expect(try recipe("\(name)-asg") == recipe("\(name)-csg", ["method={name: asg}"]))
    var trained = try recipe("\(name)-csg-trained-heads")
    // What was published is of untrained heads.
    #expect(trained.published?.methods["csg"] == nil)
    trained.published = csg.published
    #expect(trained == (try recipe("\(name)-csg", ["method.projection_heads=trained"])))
    #expect(trained != csg)
    let randomized = try recipe("\(name)-domain-randomization")
    #expect(randomized.model == csg.model && randomized.train == csg.train)
    #expect(randomized.method == MethodRecipe(DomainRandomizationConfiguration()))
    #expect(
      randomized.data.styles
        == .pictures(LentStyles(folder: "Data/styles", transfer: .both, share: 0.01)))
    #expect(randomized.published?.methods.keys.sorted() == ["domain-randomization", "vanilla"])
  }

  /// What came after the paper, with what was published of it.
  @Test(arguments: [
    ("resnet101-isw", "isw", "resnet101", 37.1), ("resnet101-shade", "shade", "resnet101", 46.7),
    ("resnet101-pasta", "vanilla", "resnet101", 45.3),
    ("dinov2-large-rein", "vanilla", "dinov2-large-14", 66.4),
    ("dinov2-large-head", "vanilla", "dinov2-large-14", 63.3),
    ("dinov2-large-soma", "vanilla", "dinov2-large-14", 71.82),
  ])
  func laterMethodsHaveRecipes(
    name: String, method: String, backbone: String, figure: Double?
  ) throws {
    let recipe = try recipe("gta5-cityscapes-\(name)")
    #expect(recipe.method.name == method && recipe.model.backbone.name == backbone)
    #expect(recipe.train.length == .iterations(40_000))
    #expect(recipe.published?.methods[method]?.headline == figure)
  }

  /// Renders of three makers, photographs of three.
  @Test(arguments: [("resnet50-csg", "csg", nil), ("dinov2-large-rein", "vanilla", 78.4)])
  func severalSourcesAreJudgedOnSeveralTargets(
    name: String, method: String, figure: Double?
  ) throws {
    let recipe = try recipe("gta5-synthia-urbansyn-\(name)")
    let single = try self.recipe("gta5-cityscapes-\(name)")
    #expect(recipe.data.train == ["Data/gta5", "Data/synthia", "Data/urbansyn"])
    #expect(recipe.data.balance == .domains && recipe.data.heldOut.isEmpty)
    #expect(
      recipe.data.real == [
        "Data/cityscapes/leftImg8bit/val", "Data/bdd100k/images/10k/val",
        "Data/mapillary/validation",
      ])
    #expect(recipe.model == single.model && recipe.optimizer == single.optimizer)
    #expect(recipe.method.name == method && recipe.method == single.method)
    #expect(recipe.train.batchSize % recipe.data.train.count == 0)
    #expect(recipe.published?.methods[method]?.headline == figure)
    #expect(recipe.published == nil || recipe.data.real.contains(recipe.published?.dataset ?? ""))
  }

  @Test func synthiaStandsAlone() throws {
    let recipe = try recipe("synthia-cityscapes-resnet101-csg")
    #expect(recipe.data.train == ["Data/synthia"] && recipe.published == nil)
    #expect(recipe.data.real == ["Data/cityscapes/leftImg8bit/val"])
    #expect(try recipe.model == self.recipe("gta5-cityscapes-resnet101-csg").model)
  }

  @Test func ibnIsAnotherNetwork() throws {
    let recipe = try recipe("gta5-cityscapes-resnet50-ibn")
    #expect(
      recipe.model.backbone == .resnet50IBNA
        && recipe.method == MethodRecipe(VanillaConfiguration()))
    #expect(recipe.published?.methods.keys.sorted() == ["vanilla"])
  }

  @Test func streetsAreJudgedOnAStyleThatIsNotReal() throws {
    let recipe = try recipe("streets")
    #expect(recipe.task == .segmentation && recipe.data.real.isEmpty)
    #expect(recipe.data.unseen == ["Data/streets/held-out-style"])
  }
}
