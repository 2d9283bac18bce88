import Backbones
import Torch

/// What a method is given for a training step.
public struct TrainingStep {
  /// The student, f_e and its head.
  public let student: any TaskNetwork
  /// x_q, N×3×H×W.
  public let query: Tensor
  /// x_k, N×3×H×W; nil if it is x_q itself.
  public let key: Tensor?
  /// x_q in other styles, N×3×H×W each; as many as the method's `styledViewCount`.
  public let styled: [Tensor]
  /// The labels of x_q and its styled versions, N×… int64.
  public let labels: Tensor
  /// The domain of each image of x_q, counted from 0, N int64; nil where all are of one.
  public let domains: Tensor?
  /// The arithmetic of passes without gradients: the teacher's passes, and the student's for the attention of x_k.
  public let frozenPrecision: Precision
  /// What the student's passes are for.
  public let mode: NetworkMode
  /// The seed of what a method draws in this step, the same in all processes that share its batch.
  public let seed: UInt64

  private let labelFactor: Double
  private let pass: StudentPass

  /// A step; by default passes without gradients have the precision of the student.
  /// - Parameters:
  ///   - labelFactor: what task losses are multiplied by; 1 but for a share of a batch that is labelled more or less densely
  ///     than the whole.
  ///   - output: the student's forward pass on x_q, run when it is first requested.
  public init(
    student: any TaskNetwork, query: Tensor, key: Tensor?, styled: [Tensor] = [], labels: Tensor,
    domains: Tensor? = nil, frozenPrecision: Precision? = nil, mode: NetworkMode = .evaluation,
    seed: UInt64 = 0,
    labelFactor: Double = 1,
    output: @escaping @autoclosure () throws -> TaskOutput
  ) {
    self.student = student
    self.query = query
    self.key = key
    self.styled = styled
    self.labels = labels
    self.domains = domains
    self.frozenPrecision = frozenPrecision ?? student.precision
    self.mode = mode
    self.seed = seed
    self.labelFactor = labelFactor
    pass = StudentPass(output)
  }

  /// The student's forward pass on x_q, with gradients; it runs once, when it is first requested.
  ///
  /// Request it after the passes without gradients: their maps are freed by then, so less memory is needed at a time.
  public var output: TaskOutput { get throws { try pass.output() } }

  /// The task loss of the student's logits for x_q or a styled version of it.
  public func taskLoss(_ logits: Tensor) throws -> Tensor {
    // A mean over no labels is not a number, but a share without any adds nothing to the loss of the whole batch.
    guard labelFactor > 0 else { return try (logits * 0).sum() }
    let loss = try student.loss(logits, labels: labels)
    return labelFactor == 1 ? loss : try loss * labelFactor
  }
}
