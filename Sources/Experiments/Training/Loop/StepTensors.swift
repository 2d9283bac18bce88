import Generalization
import Runs
import Torch

/// What the passes of a step compute besides gradients, on their device.
///
/// Reading the losses waits for the device, so they are read once, all together.
struct StepTensors {
  private let termNames: [String]
  private let figureNames: [String]
  /// Loss, task loss, terms and figures, float64.
  private let values: Tensor
  /// The input of the method's `update`.
  let kept: [Tensor]

  /// The values of the total loss, of the task loss, of the method's terms and figures, and the accuracy on the batch.
  init(
    total: Tensor, task: Tensor, accuracy: Tensor, _ method: MethodTerms
  ) throws(TorchError) {
    termNames = method.losses.map(\.name)
    figureNames = method.figures.map(\.name) + ["training_accuracy"]
    let all =
      [total, task] + method.losses.map(\.value) + method.figures.map(\.value) + [accuracy]
    values = try Tensor.concatenated(
      all.map { value throws(TorchError) in
        try value.detached().reshaped([1]).converted(to: .float64)
      })
    kept = method.kept
  }

  /// The same values in other tensors, given in the order of `tensors`.
  init(_ other: StepTensors, in tensors: ArraySlice<Tensor>) {
    termNames = other.termNames
    figureNames = other.figureNames
    values = tensors.first ?? other.values
    kept = Array(tensors.dropFirst())
  }

  /// All tensors in order.
  var tensors: [Tensor] { [values] + kept }

  /// Waits for the losses and reads them.
  func losses() throws(TorchError) -> StepLosses { losses(of: try numbers()) }

  /// Waits for the values and reads them.
  func numbers() throws(TorchError) -> [Double] { try values.scalars() }

  /// The losses with these values, in the order of `numbers`.
  func losses(of numbers: [Double]) -> StepLosses {
    let terms = numbers.dropFirst(2)
    return StepLosses(
      total: numbers[0], task: numbers[1],
      terms: zip(termNames, terms).map { ($0, $1) },
      figures: zip(figureNames, terms.dropFirst(termNames.count)).map { ($0, $1) })
  }
}
