import CTorch

extension Tensor {
  /// Each frequency of …×H×W images times its factor: the real part of F⁻¹(F(x) · factors), with F the 2-D Fourier transform.
  ///
  /// Factors above 0 scale amplitudes and keep phases.
  /// - Parameter factors: real, of a shape that broadcasts to that of the images; the lowest frequency first, as
  ///   libtorch's `fft2` orders them.
  public func scalingFrequencies(by factors: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("scalingFrequencies", [self, factors]) { ct_scale_frequencies($0[0], $0[1]) }
  }
}
