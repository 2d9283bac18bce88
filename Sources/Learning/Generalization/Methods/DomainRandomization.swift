import Backbones
import Torch
import TorchNN

/// Domain randomisation with pyramid consistency (Yue et al., ICCV 2019): every image is also trained on in the styles of K
/// auxiliary real ones, with the same labels, and the maps of all versions are kept near their mean.
///
/// loss = task(x_q) + w · (1/K) Σ_k task(x_k) + λ Σ_stages consistency. The paper makes the styled versions with a
/// generative network for each auxiliary class; here they come from outside.
public final class DomainRandomization: Method {
  private let configuration: DomainRandomizationConfiguration

  /// The stages whose maps are to be consistent.
  public var stages: Set<Stage> { Set(configuration.stages) }
  /// The styled versions are the other views.
  public let usesKeyView = false
  /// K.
  public var styledViewCount: Int { configuration.styleCount }
  /// Nothing but the student.
  public let trainedTensors: [NamedTensor] = []

  /// The method.
  public init(_ configuration: DomainRandomizationConfiguration) {
    self.configuration = configuration
  }

  /// `task_styled`, and `pyramid_layer3`, … of each stage.
  /// - Throws: `MethodError.styledViews` where the step has not K of them, `.noLevels` where the pyramid has none.
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
    let losses = try outputs.map { try step.student.loss($0.logits, labels: step.labels) }
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
