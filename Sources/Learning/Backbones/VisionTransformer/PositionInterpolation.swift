import Torch

/// How a publisher's code brings position embeddings to another size: always bicubic, but not always the same.
enum PositionInterpolation: Sendable {
  /// With averages over all places that a place of a smaller map stands for: timm, OpenCLIP, DINOv2 with registers.
  case antialiased
  /// With the centres of the corner places kept at the corners: torchvision's `interpolate_embeddings`.
  case alignedCorners
  /// As if the wanted size were larger by this part of a place: DINOv2.
  case offset(Double)

  /// The embeddings of side×side places, 1×side²×C, at height×width places.
  func callAsFunction(
    _ positions: Tensor, side: Int, height: Int, width: Int
  ) throws(TorchError) -> Tensor {
    if height == side, width == side { return positions }
    let channels = positions.shape[2]
    let map = try positions.reshaped([1, side, side, channels]).permuted([0, 3, 1, 2])
    let resized =
      switch self {
      case .antialiased: try map.resizedBicubic(height: height, width: width, antialiased: true)
      case .alignedCorners:
        try map.resizedBicubic(height: height, width: width, alignCorners: true)
      case .offset(let offset):
        try map.resizedBicubic(
          height: height, width: width,
          scales: (
            (Double(height) + offset) / Double(side), (Double(width) + offset) / Double(side)
          ))
      }
    return try resized.permuted([0, 2, 3, 1]).reshaped([1, height * width, channels])
  }
}
