import Backbones
import Torch
import TorchNN

/// Invariant risk minimisation in its practical form, IRMv1 (Arjovsky et al. 2019): the same classifier is to be the best for every
/// domain of the training data.
///
/// The term is the squared derivative of a domain's risk R_e by a factor w of the logits at w = 1, averaged over the domains in the
/// batch. For the cross-entropy the derivative is known: ∂R_e/∂w is the mean of Σ_c p_c·z_c − z_y over the domain's images, with
/// logits z, probabilities p and label y; so no second backward pass is needed. The classes are not weighted here.
public final class IRM: Method {
  private let configuration: IRMConfiguration
  private let domainCount: Int
  private var iteration = 0

  /// The method needs no map.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []
  /// True: the weight of the term is another one after some steps.
  public let changesInSteps = true

  /// The method for data of `domainCount` domains.
  /// - Throws: `MethodError.oneDomain` for fewer than two.
  public init(_ configuration: IRMConfiguration, domainCount: Int) throws(MethodError) {
    guard domainCount > 1 else { throw .oneDomain }
    self.configuration = configuration
    self.domainCount = domainCount
  }

  /// Remembers the number of the step, by which the penalty is weighted.
  public func begin(iteration: Int) { self.iteration = iteration }

  /// The term `irm`.
  /// - Throws: `MethodError.pixelLabels` where not images but pixels have classes.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    guard let domains = step.domains else { throw MethodError.oneDomain }
    let logits = try step.output.logits
    guard logits.rank == 2 else { throw MethodError.pixelLabels(method: IRMConfiguration.name) }
    let penalty = try Self.penalty(
      logits, labels: step.labels,
      DomainMembers(
        domains, count: domainCount, dtype: logits.dtype, share: step.mode.share))
    var terms = MethodTerms()
    terms.losses = [
      .init(
        name: "irm", value: penalty,
        weight: iteration < configuration.anneal ? 1 : configuration.lambda)
    ]
    return terms
  }

  private static func penalty(
    _ logits: Tensor, labels: Tensor, _ members: DomainMembers
  ) throws(TorchError) -> Tensor {
    let classes = try Tensor.range(logits.shape[1], device: logits.device).reshaped([1, -1])
    let isClass = try labels.reshaped([-1, 1]).equals(classes).converted(to: logits.dtype)
    let probabilities = try logits.logSoftmax(1).exp()
    let derivatives = try ((probabilities - isClass) * logits).sum([1], keeping: true)
    let isThere = try members.having(atLeast: 1)
    let squares = try members.means(of: derivatives).power(2).reshaped([-1])
    return try (squares * isThere).sum() / isThere.sum().clamped(min: 1)
  }
}
