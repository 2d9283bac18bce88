import Torch
import TorchNN

extension [String: Tensor] {
  /// Checks that every element is a number: neither NaN nor infinite.
  ///
  /// Some kernels clip their input by comparisons that NaN loses, so that a broken network may go on to give finite
  /// losses: its tensors must be looked at themselves.
  /// - Parameter place: where the tensors come from, as a sentence begins: a file's path.
  /// - Throws: `TrainingError.notFinite` naming the first such tensor in the order of names.
  package func requireFinite(in place: String) throws {
    guard let name = try firstNotFinite() else { return }
    throw TrainingError.notFinite(place: place, tensor: name)
  }

  /// The first name, in their order, of a tensor with an element that is NaN or infinite; nil where all are finite.
  package func firstNotFinite() throws(TorchError) -> String? {
    for (name, tensor) in sorted(by: { $0.key < $1.key }) {
      guard try tensor.isAllFinite() else { return name }
    }
    return nil
  }
}
