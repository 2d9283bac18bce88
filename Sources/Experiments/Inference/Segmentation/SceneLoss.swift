import Backbones
import Torch

/// The cross-entropy of a scene's labelled pixels, while their logits are computed some rows at a time.
final class SceneLoss {
  private let labels: Tensor
  private var sums: [Tensor] = []

  /// - Parameter labels: the class map, H×W int64.
  init(_ labels: Tensor) {
    self.labels = labels
  }

  /// Takes in the logits of some rows, 1×classes×rows×W.
  func see(_ logits: Tensor, _ rows: Range<Int>) throws {
    sums.append(
      try logits.crossEntropy(
        labels.narrowed(0, rows).unsqueezed(0), ignoring: ImageSegmenter.ignoredLabel,
        reduction: .sum
      ).converted(to: .float64).reshaped([1]))
  }

  /// The mean over the labelled pixels; nil where there are none.
  func mean() throws -> Double? {
    let labelled = try labels.isAtMost(Double(ImageSegmenter.ignoredLabel - 1))
      .converted(to: .float64).sum().item()
    return labelled > 0 ? try Tensor.concatenated(sums).sum().item() / labelled : nil
  }
}
