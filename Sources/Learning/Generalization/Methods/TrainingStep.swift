import Backbones
import Torch

/// What a method is given of a training step.
public struct TrainingStep {
  /// The student, f_e and its head.
  public let student: any TaskNetwork
  /// x_q, N×3×H×W.
  public let query: Tensor
  /// x_k, N×3×H×W; nil where it is x_q itself.
  public let key: Tensor?
  /// x_q in other styles, N×3×H×W each; as many as the method's `styledViewCount`.
  public let styled: [Tensor]
  /// What x_q and its styled versions show, N×… int64.
  public let labels: Tensor
  /// The arithmetic of passes without gradients: the teacher's, and the student's for the attention of x_k.
  public let frozenPrecision: Precision
  /// What the student's passes are for.
  public let mode: NetworkMode

  private let pass: StudentPass

  /// A step; passes without gradients have the precision of the student's own by default.
  /// - Parameter output: the student's forward pass on x_q, run when it is first asked for.
  public init(
    student: any TaskNetwork, query: Tensor, key: Tensor?, styled: [Tensor] = [], labels: Tensor,
    frozenPrecision: Precision? = nil, mode: NetworkMode = .evaluation,
    output: @escaping @autoclosure () throws -> TaskOutput
  ) {
    self.student = student
    self.query = query
    self.key = key
    self.styled = styled
    self.labels = labels
    self.frozenPrecision = frozenPrecision ?? student.precision
    self.mode = mode
    pass = StudentPass(output)
  }

  /// The student's forward pass on x_q, with gradients; run once, when it is first asked for.
  ///
  /// Asked for after the passes without gradients, it finds their maps gone: less memory is needed at a time.
  public var output: TaskOutput { get throws { try pass.output() } }
}
