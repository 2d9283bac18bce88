import Torch

extension Parameter {
  /// Draws from the uniform distribution on [-bound, bound).
  public func initializeUniform(bound: Double, using generator: Generator) throws(TorchError) {
    let draws = try Tensor.uniform(tensor.shape, generator: generator)
    try copyValues((draws * 2 - 1) * bound)
  }

  /// Draws from the normal distribution of mean 0.
  public func initializeNormal(
    standardDeviation: Double, using generator: Generator
  ) throws(TorchError) {
    try copyValues(
      Tensor.normal(tensor.shape, generator: generator) * standardDeviation)
  }

  /// Sets every element.
  public func initialize(to value: Double) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in try tensor.fillInPlace(value) }
  }

  private func copyValues(_ values: Tensor) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in try tensor.copyInPlace(values) }
  }
}
