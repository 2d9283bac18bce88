import Runs
import Torch

extension ConfusionMatrix {
  /// Counts every labelled pixel.
  /// - Parameters:
  ///   - labels: class indices, int64; values that are not the index of a class are not counted.
  ///   - predictions: class indices of the same shape, int64.
  public mutating func add(labels: Tensor, predictions: Tensor) throws(TorchError) {
    let classes = counts.count
    let pairs = try labels * Double(classes) + predictions
    let isLabelled = try labels.isAtMost(Double(classes - 1))
    let unlabelled = try Tensor.full(
      [], Double(classes * classes), dtype: .int64, device: labels.device)
    // Arithmetic with a number turns them into floats, which hold such small whole numbers exactly.
    let cells = try pairs.converted(to: .int64).selected(
      where: isLabelled, otherwise: unlabelled)
    let found: [Int64] = try cells.reshaped([-1]).occurrences(below: classes * classes + 1)
      .moved(to: .cpu).scalars()
    add(
      ConfusionMatrix(
        counts: (0..<classes).map { label in
          found[label * classes..<(label + 1) * classes].map(Int.init)
        }))
  }
}
