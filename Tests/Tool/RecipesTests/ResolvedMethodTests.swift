import Recipes
import Testing
import Training

/// The section `method` of a run's resolved recipe, to the byte: scripts read it, and a run is resumed by it.
@Suite struct ResolvedMethodTests {
  private static let distances = [
    ("oracle", ""), ("vanilla", ""), ("weight-distance", "lambda: 0.1\nfisher: none\n"),
    ("synaptic-intelligence", "lambda: 0.1\ndamping: 0.1\ninterval: 1000\n"),
    ("feature-distance", "lambda: 0.1\n"),
    (
      "domain-randomization",
      "styles: 2\nlambda: 1.0\ntask_weight: 1.0\nstages: [3, 4]\npyramid: [1, 2, 4]\n"
    ),
  ]

  private static func csg(lambda: String, grid: Int) -> String {
    """
    lambda: \(lambda)
    stages: [3, 4]
    grid: \(grid)
    pooling: attention
    queue: 65536
    temperature: 0.07
    momentum: 0.999
    ramp: false
    dimension: 128
    projection_heads: trained

    """
  }

  @Test(arguments: distances + [("asg", "lambda: 0.1\n"), ("csg", csg(lambda: "0.1", grid: 1))])
  func classification(name: String, settings: String) throws {
    try expectSettings(settings, of: "{name: \(name)}", "classification")
  }

  @Test(arguments: distances + [("asg", "lambda: 75.0\n"), ("csg", csg(lambda: "75.0", grid: 8))])
  func segmentation(name: String, settings: String) throws {
    try expectSettings(settings, of: "{name: \(name)}", "segmentation")
  }

  @Test func imagesOfTheFisherInformationCountWithIt() throws {
    try expectSettings(
      "lambda: 0.1\nfisher: diagonal\nfisher_images: 9\n",
      of: "{name: weight-distance, fisher: diagonal, fisher_images: 9}", "classification")
    try expectSettings(
      "lambda: 0.1\nfisher: none\n", of: "{name: weight-distance, fisher_images: 9}",
      "classification")
  }

  @Test func stagesAreSortedAndNullIsTheStandard() throws {
    func stages(_ value: String) throws -> [Substring] {
      let recipe = try Recipe(
        text: "data: {train: x}\nmethod: {name: csg, stages: \(value)}", source: "recipe.yaml")
      return try recipe.text().split(separator: "\n").filter { $0.hasPrefix("  stages:") }
    }
    #expect(try stages("[4, 2, 2]") == ["  stages: [2, 4]"])
    #expect(try stages("null") == ["  stages: [3, 4]"])
  }

  private func expectSettings(
    _ settings: String, of method: String, _ task: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let recipe = try Recipe(
      text: "task: \(task)\ndata: {train: x}\nmethod: \(method)", source: "recipe.yaml")
    let text = try recipe.text()
    let start = try #require(text.range(of: "method:\n"), sourceLocation: sourceLocation)
    let end = try #require(text.range(of: "optimizer:\n"), sourceLocation: sourceLocation)
    let lines = "name: \(recipe.method.name)\n\(settings)".split(separator: "\n")
    #expect(
      text[start.upperBound..<end.lowerBound] == lines.map { "  \($0)\n" }.joined(),
      sourceLocation: sourceLocation)
  }
}
