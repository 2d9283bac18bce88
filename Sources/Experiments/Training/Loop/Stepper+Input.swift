import Torch

extension Stepper {
  /// The tensors of a step.
  public struct Input {
    /// x_q, N×3×H×W.
    public let query: Tensor
    /// x_k, N×3×H×W; nil where it is x_q.
    public let key: Tensor?
    /// x_q in other styles, each N×3×H×W.
    public let styled: [Tensor]
    /// The labels, N×… int64.
    public let labels: Tensor
    /// The domain of each image, counted from 0, N int64; nil where all are of one.
    public var domains: Tensor?

    /// A step's tensors, on the student's device.
    public init(
      query: Tensor, key: Tensor?, styled: [Tensor] = [], labels: Tensor, domains: Tensor? = nil
    ) {
      self.query = query
      self.key = key
      self.styled = styled
      self.labels = labels
      self.domains = domains
    }

    private var tensors: [Tensor] { [query, labels] + styled + [key, domains].compactMap(\.self) }

    /// A copy with its own tensors.
    func clone() throws(TorchError) -> Input {
      let key: Tensor? = if let key { try key.clone() } else { nil }
      let domains: Tensor? = if let domains { try domains.clone() } else { nil }
      return Input(
        query: try query.clone(), key: key,
        styled: try styled.map { view throws(TorchError) in try view.clone() },
        labels: try labels.clone(), domains: domains)
    }

    /// Whether `other` has the same tensors in the same shapes.
    func isShaped(like other: Input) -> Bool {
      (key == nil) == (other.key == nil) && (domains == nil) == (other.domains == nil)
        && tensors.map(\.shape) == other.tensors.map(\.shape)
    }

    /// Copies the elements of another input with the same shapes.
    func copyInPlace(_ other: Input) throws(TorchError) {
      for (own, new) in zip(tensors, other.tensors) { try own.copyInPlace(new) }
    }
  }
}
