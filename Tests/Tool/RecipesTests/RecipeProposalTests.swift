import CheckoutSupport
import Datasets
import Foundation
import Generalization
import Imaging
import Recipes
import Registry
import Testing
import YAML

@Suite struct RecipeProposalTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  }

  private func survey(
    _ name: String, _ counts: [(String, Int)], side: Int = 100
  ) throws -> DataSurvey {
    let picture = try Image(width: side + 20, height: side, color: [9, 8, 7])
    for (label, count) in counts {
      let path = folder.appendingPathComponent("\(name)/\(label)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for index in 0..<count { try picture.writePNG(to: "\(path)/\(index).png") }
    }
    return try DataSurvey(of: folder.appendingPathComponent(name).path)
  }

  private func recipe(
    _ data: RecipeProposal.Data, hasGPU: Bool = false
  ) throws -> (text: String, recipe: Recipe) {
    defer { try? FileManager.default.removeItem(at: folder) }
    let proposal = try RecipeProposal(data, .init(processors: 6, hasGPU: hasGPU))
    let text = try proposal.text()
    // Comments are wrapped.
    return (text.replacing("\n  # ", with: " "), try Recipe(text: text, source: "mine.yaml"))
  }

  @Test func theSizesFollowTheData() throws {
    let train = try survey("re: #nders & 'more'", [("cat", 30), ("dog", 10)])
    let (_, recipe) = try recipe(.init(train: train))
    #expect(recipe.data.train == [train.path])
    #expect(recipe.data.heldOutFraction == 0.2)
    #expect(recipe.data.imageSize == 96)
    #expect(recipe.data.workers == 6)
    #expect(recipe.data.onError == .skip)
    #expect(recipe.data.honoursOrientation)
    #expect(recipe.train.batchSize == 16)
    #expect((recipe.method.configuration as? CSGConfiguration)?.queueCapacity == 32)
    #expect(recipe.train.length == .epochs(100))
    #expect(recipe.method.name == "csg")
    #expect(recipe.data.real.isEmpty)
  }

  @Test func classesOfOtherNamesAreMatchedOrMentioned() throws {
    let train = try survey("renders", [("cat", 6), ("dog", 6), ("bird", 6)])
    let real = try survey("photographs", [("Cat", 2), ("dog", 2), ("lorry", 1)])
    let (text, recipe) = try recipe(.init(train: train, real: real))
    #expect(recipe.data.real == [real.path])
    #expect(recipe.data.renamedClasses == ["Cat": "cat"])
    #expect(text.contains("lorry are left out"))
    #expect(text.contains("judged on 2 of 3 classes"))
  }

  @Test func unlabelledPhotographsAreOnlyMentioned() throws {
    let train = try survey("renders", [("cat", 4), ("dog", 4)])
    let real = try survey("photographs", [(".", 3)])
    #expect(real.layout == .unlabelled)
    let (text, recipe) = try recipe(.init(train: train, heldOut: train, real: real))
    #expect(recipe.data.real.isEmpty)
    #expect(recipe.data.heldOut == [train.path] && recipe.data.heldOutFraction == nil)
    #expect(text.contains("3 pictures without labels"))
    #expect(throws: DatasetError.unlabelled(path: real.path, images: 3)) {
      try RecipeProposal(.init(train: real), .init(processors: 1, hasGPU: false))
    }
  }

  @Test func nothingIsSetAsideOfSinglePictures() throws {
    let train = try survey("renders", [("cat", 1), ("dog", 1)])
    let (text, recipe) = try recipe(.init(train: train))
    #expect(recipe.data.heldOutFraction == nil && recipe.data.heldOut.isEmpty)
    #expect(text.contains("no class has two images"))
  }

  @Test func picturesThatCannotSelectAreMentionedAndAShareIsSetAside() throws {
    let train = try survey("renders", [("cat", 10), ("dog", 10)])
    let photographs = try survey("photographs", [(".", 3)])
    let (text, recipe) = try recipe(.init(train: train, heldOut: photographs))
    #expect(recipe.data.heldOut.isEmpty && recipe.data.heldOutFraction == 0.2)
    #expect(text.contains("3 pictures without labels, so that they cannot select the checkpoint"))
  }

  @Test func labelMapsMakeARecipeForSegmentation() throws {
    for part in ["images", "labels"] {
      let path = folder.appendingPathComponent("streets/\(part)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for index in 0..<6 {
        let color: [UInt8] = part == "images" ? [1, 2, 3] : [7]
        try Image(width: 150, height: 130, color: color).writePNG(to: "\(path)/\(index).png")
      }
    }
    let train = try DataSurvey(of: folder.appendingPathComponent("streets").path)
    let (_, recipe) = try recipe(.init(train: train))
    #expect(recipe.task == .segmentation)
    #expect(recipe.data.imageSize == 128)
    #expect(recipe.train.batchSize == 2)
    #expect((recipe.method.configuration as? CSGConfiguration)?.queueCapacity == 16)
    #expect(!recipe.data.honoursOrientation)
    #expect(recipe.model.head == .segmenter(.deepLabV2))
    let streets = try Recipe(contentsOf: Checkout.path("Recipes/streets.yaml"))
    #expect(recipe.model.backbone == streets.model.backbone)
    #expect(recipe.optimizer.learningRate == streets.optimizer.learningRate)
    #expect(recipe.optimizer.clipNorm == streets.optimizer.clipNorm)
    let methods = [recipe, streets].map { $0.method.configuration as? CSGConfiguration }
    #expect(methods[0] != nil && methods[0]?.lambda == methods[1]?.lambda)
  }

  @Test func aGPUGetsLargerImages() throws {
    let train = try survey("renders", [("cat", 4), ("dog", 4)], side: 300)
    let (_, recipe) = try recipe(.init(train: train), hasGPU: true)
    #expect(recipe.data.imageSize == 224)
  }
}
