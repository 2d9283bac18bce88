/// Which norms a ResNet has (Pan et al. 2018).
public enum ResNetNorms: Sendable {
  /// Batch norm throughout.
  case batch
  /// IBN-a: in stages 1 to 3 the first norm of each block is half an instance norm.
  case ibnA
  /// IBN-b: the stem's norm, and one after the addition in the last block of stages 1 and 2, are instance norms.
  case ibnB
}
