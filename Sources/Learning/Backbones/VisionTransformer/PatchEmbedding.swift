import Torch
import TorchNN

/// One linear map of each patch of pixels: a convolution whose stride is its kernel's size.
final class PatchEmbedding: Module {
  let proj: Convolution2d

  init(_ channels: Int, patch: Int, hasBias: Bool) throws(TorchError) {
    proj = try Convolution2d(
      3, channels, kernel: patch, geometry: .init(stride: patch), hasBias: hasBias)
  }

  /// Maps N×3×H×W images to N×C×h×w.
  func callAsFunction(_ images: Tensor) throws(TorchError) -> Tensor {
    try proj(images.channelsLast())
  }
}
