import Backbones
import Torch
import TorchNN

/// Deep CORAL (Sun & Saenko, ECCV 2016) between the domains of the training data: the covariances of their features are to agree.
///
/// The term is ‖C_i − C_j‖²_F / 4d², averaged over the pairs of domains that have two images or more in the batch, with C the
/// covariance of a domain's vectors of d features, those that the classifier sees. It is at least 0, and 0 for equal covariances.
public final class CORAL: Method {
  private let configuration: CORALConfiguration
  private let domainCount: Int

  /// The method needs only the last map, which is always there.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// The method for data of `domainCount` domains.
  /// - Throws: `MethodError.oneDomain` for fewer than two.
  public init(_ configuration: CORALConfiguration, domainCount: Int) throws(MethodError) {
    guard domainCount > 1 else { throw .oneDomain }
    self.configuration = configuration
    self.domainCount = domainCount
  }

  /// The term `coral`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    guard let domains = step.domains else { throw MethodError.oneDomain }
    let features = try step.output.features.pooled()
    let value = try Self.distance(
      of: features,
      DomainMembers(
        domains, count: domainCount, dtype: features.dtype, share: step.mode.share))
    var terms = MethodTerms()
    terms.losses = [.init(name: "coral", value: value, weight: configuration.lambda)]
    return terms
  }

  private static func distance(
    of features: Tensor, _ members: DomainMembers
  ) throws(TorchError) -> Tensor {
    let covariances = try members.covariances(of: features)
    let isThere = try members.having(atLeast: 2)
    let size = Double(features.shape[1])
    var (sum, pairs) = (
      try Tensor.zeros([], dtype: features.dtype, device: features.device),
      try Tensor.zeros([], dtype: features.dtype, device: features.device)
    )
    for first in covariances.indices {
      for second in covariances.indices.dropFirst(first + 1) {
        let counts = try isThere.selected(0, first) * isThere.selected(0, second)
        let distance = try (covariances[first] - covariances[second]).power(2).sum()
        sum = try sum + distance * counts / (4 * size * size)
        pairs = try pairs + counts
      }
    }
    return try sum / pairs.clamped(min: 1)
  }
}
