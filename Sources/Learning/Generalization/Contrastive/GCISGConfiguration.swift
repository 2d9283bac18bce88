import Backbones
import Settings
import Torch

/// The settings of `GCISG`.
public struct GCISGConfiguration: Sendable, Equatable {
  /// The weight of each stage's term of invariance.
  public var invariance = 1.0
  /// The weight of each stage's term of guidance.
  public var guidance = 1.0
  /// The stages that get both terms.
  public var stages = [Stage.layer3, .layer4]
  /// The earlier keys that images are compared with.
  public var queueCapacity = 65_536
  /// τ_q, what the query's similarities are divided by.
  public var queryTemperature = 0.12
  /// τ_k, what the key's similarities are divided by.
  public var keyTemperature = 0.04
  /// The share that the moving averages keep in each step.
  public var momentum = 0.996
  /// The outputs of the projection heads.
  public var dimension = 128

  /// The paper's settings.
  public init() {}
}

extension GCISGConfiguration: MethodConfiguration {
  /// `gcisg`.
  public static let name = "gcisg"
  /// A one-line description.
  public static let summary =
    "Guided causal invariant learning: views alike in their neighbours, near the teacher (Nam et al. 2022)."

  /// The paper's symbols.
  public static let settings: [Setting<GCISGConfiguration>] = [
    .number(
      "invariance", \.invariance, in: 0..., "The weight of each stage's term of invariance."),
    .number("guidance", \.guidance, in: 0..., "The weight of each stage's term of guidance."),
    .stages("stages", \.stages, "The stages that get both terms."),
    .integer("queue", \.queueCapacity, in: 1..., "The earlier keys that images are compared with."),
    .number(
      "query_temperature", \.queryTemperature, in: 1e-6...,
      "What the query's similarities are divided by."),
    .number(
      "key_temperature", \.keyTemperature, in: 1e-6...,
      "What the key's similarities are divided by."),
    .number(
      "momentum", \.momentum, in: 0...1,
      "The share that the averaged student and its heads keep in each step."),
    .integer("dimension", \.dimension, in: 1...65_536, "The outputs of the projection heads."),
  ]

  /// The paper's settings, whatever is labelled.
  public static func standard(for labels: LabelScope) -> GCISGConfiguration { .init() }

  /// GCISG with a teacher and an average that start from the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try GCISG(
      self, student: start.student.backbone, teacher: start.makeTeacher(),
      momentum: start.makeTeacher(), generator: start.generator, device: start.device)
  }
}

extension GCISGConfiguration {
  /// The term of invariance of N×D queries and their keys among the D×K keys of other images; one element, without a gradient by
  /// the keys.
  package func invariance(
    of queries: Tensor, from keys: Tensor, among others: Tensor
  ) throws -> Tensor {
    let target = try withoutGradients {
      try (keys.matmul(others) / keyTemperature).logSoftmax(1).exp()
    }
    let found = try (queries.matmul(others) / queryTemperature).logSoftmax(1)
    return try -(target * found).sum([1]).mean()
  }
}
