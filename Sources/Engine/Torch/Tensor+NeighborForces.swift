import CTorch

extension Tensor {
  /// What t-SNE's gradient is made of (van der Maaten & Hinton 2008), with k_ij = 1 / (1 + |y_i − y_j|²) for places y_i, 2×N: of each
  /// place the sums over all others of p_ij k_ij (y_i − y_j), two rows, of k_ij² (y_i − y_j), two rows, and of k_ij.
  /// - Parameter probabilities: p, N×N.
  /// - Returns: 5×N.
  /// - Throws: `TorchError` for other shapes, and for anything but float64 on the CPU.
  public func neighborForces(_ probabilities: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("neighborForces", [self, probabilities]) {
      ct_neighbor_forces($0[0], $0[1])
    }
  }
}
