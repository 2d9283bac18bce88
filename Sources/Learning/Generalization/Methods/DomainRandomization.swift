import Backbones
import Torch
import TorchNN

/// Domain randomisation with pyramid consistency (Yue et al., ICCV 2019): the student is also trained on every image in the
/// styles of K auxiliary real images, with the same labels, and the maps of all versions are kept near their mean.
///
/// loss = task(x_q) + w · (1/K) Σ_k task(x_k) + λ Σ_stages consistency. The paper makes the styled versions with a
/// generative network for each auxiliary class; here they come from outside.
public final class DomainRandomization: Method {
  private let configuration: DomainRandomizationConfiguration

  /// The stages whose maps are to be consistent.
  public var stages: Set<Stage> { Set(configuration.stages) }
  /// One view is enough: the styled versions are the other views.
  public let usesKeyView = false
  /// K, the number of styled versions.
  public var styledViewCount: Int { configuration.styleCount }
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// Makes the method from its settings.
  public init(_ configuration: DomainRandomizationConfiguration) {
    self.configuration = configuration
  }

  /// The terms `task_styled`, and `pyramid_layer3`, … for each stage.
  /// - Throws: `MethodError.styledViews` if the step does not have K of them, `.noLevels` if the pyramid has no levels.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let count = configuration.styleCount
    guard count > 0, step.styled.count == count else {
      throw MethodError.styledViews(expected: max(count, 1), found: step.styled.count)
    }
    guard !configuration.pyramid.cells.isEmpty else { throw MethodError.noLevels }
    let output = try step.output
    let outputs = try step.styled.map {
      try step.student($0, stages: stages, mode: step.mode)
    }
    let losses = try outputs.map { try step.taskLoss($0.logits) }
    let task = try losses.dropFirst().reduce(losses[0]) { try $0 + $1 } / Double(count)
    var terms = MethodTerms()
    terms.losses = [.init(name: "task_styled", value: task, weight: configuration.taskWeight)]
    for stage in configuration.stages {
      let maps = try ([output] + outputs).map { try $0.features[stage] }
      terms.losses.append(
        .init(
          name: "pyramid_\(stage)", value: try configuration.pyramid(maps),
          weight: configuration.lambda))
    }
    return terms
  }
}
