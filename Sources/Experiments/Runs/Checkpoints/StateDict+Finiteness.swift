import Torch
import TorchNN

extension [String: Tensor] {
  /// Checks that every element is a number: neither NaN nor infinite.
  ///
  /// Some kernels clip their input with comparisons that are false for NaN, so that a broken network may still give finite
  /// losses: the tensors themselves must be checked.
  /// - Parameter place: where the tensors come from, such as a file's path; the error message begins with it.
  /// - Throws: `TrainingError.notFinite` naming the first such tensor in the order of names.
  package func requireFinite(in place: String) throws {
    guard let name = try firstNotFinite() else { return }
    throw TrainingError.notFinite(place: place, tensor: name)
  }

  /// The name of the first tensor, in the order of names, with an element that is NaN or infinite; nil where all are finite.
  package func firstNotFinite() throws(TorchError) -> String? {
    for (name, tensor) in sorted(by: { $0.key < $1.key }) {
      guard try tensor.isAllFinite() else { return name }
    }
    return nil
  }
}
