import Backbones
import Datasets

/// How the steps of a run are computed; these options change their results only by rounding, except `clipNorm`.
public struct StepOptions: Sendable, Equatable {
  /// The precision of the passes without gradients: the teacher's, and the student's for the attention of the key view; nil
  /// for the student's own precision.
  public var frozenPrecision: Precision?
  /// The largest L2 norm of all gradients together: larger ones are scaled down to it (``/TorchNN/GradientClipping``). The
  /// metrics have the norm before that as `gradient_norm`. Nil for gradients as they are.
  public var clipNorm: Double?
  /// Whether the metrics list the samples of each batch.
  public var logsIndices = false
  /// Whether a CUDA device records the passes of a step and replays them, if they are the same in each step.
  public var recordsSteps = true
  /// The number of threads that read images.
  public var workers = 2
  /// What happens at an unreadable image.
  public var onError = BatchLoader.ErrorPolicy.stop

  /// Whether the fingerprints of the data include the bytes of the files besides names and sizes; then all files are read at
  /// the start.
  public var remembersBytes = false

  /// The default options.
  public init() {}
}
