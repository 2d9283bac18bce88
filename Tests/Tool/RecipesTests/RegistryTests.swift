import Backbones
import Generalization
import Inference
import Recipes
import Registry
import Settings
import Testing
import Torch
import TorchNN
import Training
import YAML

/// Methods and backbones that recipes can name: those of the package and one's own.
@Suite struct RegistryTests {
  private struct PenaltyConfiguration: MethodConfiguration {
    static let name = "penalty"
    static let summary = "A penalty."
    static let settings: [Setting<PenaltyConfiguration>] = [
      .number("lambda", \.lambda, in: 0..., "Its weight."),
      .integer("interval", \.interval, in: 1..., "Iterations between.", counts: { $0.lambda > 0 }),
    ]

    var lambda = 0.25
    var interval = 10

    static func standard(for labels: LabelScope) -> PenaltyConfiguration {
      labels == .image ? .init() : .init(lambda: 3)
    }

    func makeMethod(_ start: MethodStart) -> any Method { Vanilla() }
  }

  private let registry = Registry.standard.adding(method: PenaltyConfiguration.self)
    .adding(
      backbone: BackboneDefinition("narrow") { try ResNet(.resnet18, outputStride: $0, width: 8) })

  private func recipe(_ method: String, task: String = "classification") throws -> Recipe {
    try Recipe(
      text: """
        task: \(task)
        data: {train: x}
        model: {backbone: narrow, weights: random}
        method: \(method)
        """, source: "recipe.yaml", registry: registry)
  }

  @Test func aMethodOfOnesOwnIsReadAndWrittenBack() throws {
    let said = try recipe("{name: penalty, interval: 7}")
    #expect(said.method.name == "penalty")
    #expect(said.method == MethodRecipe(PenaltyConfiguration(interval: 7)))
    #expect(said.model.backbone.name == "narrow")
    let text = try said.text()
    #expect(text.contains("method:\n  name: penalty\n  lambda: 0.25\n  interval: 7\n"))
    #expect(try Recipe(text: text, source: "text", registry: registry) == said)
    let other = try recipe("{name: penalty}", task: "segmentation")
    #expect(other.method == MethodRecipe(PenaltyConfiguration(lambda: 3)))
    // What has no effect is not written.
    #expect(try !recipe("{name: penalty, lambda: 0}").text().contains("interval"))
  }

  @Test(arguments: [
    ("{name: penalti}", "did you mean 'penalty'?"),
    ("{name: penalty, lamda: 1}", "did you mean 'lambda'?"),
    ("{name: penalty, interval: 0}", "'method.interval': expected an integer at least 1"),
    ("{name: penalty, queue: 1}", "but the method 'penalty' has no 'queue'"),
  ])
  func mistakesAreNamedAsThoseOfThePackagesOwn(method: String, said: String) {
    let error = #expect(throws: YAMLError.self) { try recipe(method) }
    #expect(error?.description.contains(said) == true)
  }

  @Test func theStandardRegistryDoesNotKnowThem() throws {
    let text = try recipe("{name: penalty}").text()
    let error = #expect(throws: YAMLError.self) { try Recipe(text: text, source: "recipe.yaml") }
    #expect(error?.description.contains("'model.backbone'") == true)
    #expect(!Registry.standard.methodNames.contains("penalty"))
  }

  @Test func whatIsNotRegisteredIsNamedWithTheNearest() throws {
    #expect(try registry.method(named: "penalty") == PenaltyConfiguration.self)
    let method = #expect(throws: RegistryError.self) { try registry.method(named: "penaltyy") }
    #expect(method?.description.contains("there is no method 'penaltyy'") == true)
    #expect(method?.description.contains("did you mean 'penalty'?") == true)
    let backbone = #expect(throws: RegistryError.self) { try registry.backbone(named: "resnet51") }
    #expect(backbone?.description.contains("did you mean 'resnet50'?") == true)
  }

  @Test func theLastOfANameStandsForIt() throws {
    let other = BackboneDefinition("resnet18", weights: .init("mine.pth", from: "me")) {
      try ResNet(.resnet18, outputStride: $0, width: 4)
    }
    let registry = Registry.standard.adding(backbone: other)
    #expect(registry.backbones.count == Registry.standard.backbones.count)
    #expect(try registry.backbone(named: "resnet18").weights?.file == "mine.pth")
    #expect(
      Registry.standard.adding(method: IRMConfiguration.self).methodNames
        == Registry.standard.methodNames)
  }

  @Test func everyNameIsThereOnceAndEveryKeyToo() {
    let registry = Registry.standard
    #expect(Set(registry.methodNames).count == registry.methods.count)
    #expect(Set(registry.backboneNames).count == registry.backbones.count)
    for method in registry.methods {
      let keys = ["name"] + method.standard(for: .image).settingDescriptions.map(\.key)
      #expect(Set(keys).count == keys.count, "\(method.name)")
      #expect(!method.summary.isEmpty)
    }
  }

  @Test func theTableSaysWhatIsStandardForEachTask() throws {
    let text = MethodTable.text([MethodSummary(of: PenaltyConfiguration.self)])
    #expect(
      text == """
        penalty: A penalty.
          lambda: 0.25, segmentation 3.0; a number at least 0. Its weight.
          interval: 10; an integer at least 1. Iterations between.

        """)
  }

  @Test func aTeacherHoldsTheStudentsFirstWeights() throws {
    let student = try ImageClassifier(
      backbone: ResNet(.resnet18, width: 4, imageNetClasses: 10), classes: 2, hidden: 4)
    try student.backbone.initialize(using: Generator(seed: 5))
    let start = MethodStart(
      student: student, seed: 0, generator: try Generator(seed: 0), device: .cpu
    ) { try ResNet(.resnet18, width: 4, imageNetClasses: 10) }
    let teacher = try start.makeTeacher()
    #expect(teacher !== student.backbone)
    let (own, given) = (teacher.namedParameters(), student.backbone.namedParameters())
    #expect(own.map(\.name) == given.map(\.name) && own.count > 40)
    for (copy, original) in zip(own, given) {
      let (values, expected) = (
        try copy.tensor.scalars(Float.self), try original.tensor.scalars(Float.self)
      )
      #expect(values == expected, "\(copy.name)")
    }
  }
}
