import Foundation
import Torch

/// Proportional amplitude spectrum training augmentation (PASTA; Chattopadhyay et al., ICCV 2023): the amplitudes of an image's
/// frequencies are scaled by random factors, the more the higher the frequency, while the phases stay.
///
/// A′ = A · (1 + σ·ε) with ε ~ N(0, 1) for each frequency and channel, and σ = (α · d/d_max)^k + β, with d the distance from the
/// zero frequency. The result is clipped to [0, 1]. With α = β = 0 it is the image.
public struct AmplitudeJitter: Sendable, Equatable {
  /// α, how much more the highest frequencies are changed.
  public var alpha: Double
  /// k, how the change grows with the frequency.
  public var exponent: Double
  /// β, how much every frequency is changed.
  public var beta: Double

  /// A jitter; by default the published one for VisDA-17.
  public init(alpha: Double = 10, exponent: Double = 1, beta: Double = 0.5) {
    self.alpha = alpha
    self.exponent = exponent
    self.beta = beta
  }

  /// The published values for images of one class each, and for scenes of GTA5.
  public static func standard(for labels: LabelScope) -> AmplitudeJitter {
    switch labels {
    case .image: .init()
    case .pixel: .init(alpha: 3, exponent: 2, beta: 0.25)
    }
  }

  /// The images with other amplitudes.
  /// - Parameters:
  ///   - images: N×3×H×W in [0, 1].
  ///   - noise: ε, of the same shape.
  public func callAsFunction(_ images: Tensor, noise: Tensor) throws(TorchError) -> Tensor {
    let shape = images.shape
    guard shape.count == 4 else {
      throw TorchError(
        operation: "AmplitudeJitter", message: "expected images of N×3×H×W",
        operands: [images.signature])
    }
    let sigma = try Tensor(deviations(shape[2], shape[3]), shape: [shape[2], shape[3]])
      .converted(to: images.dtype).moved(to: images.device)
    let jittered = try images.scalingFrequencies(by: noise * sigma + 1).clamped(min: 0)
    return try -(-jittered).clamped(min: -1)
  }

  /// σ of each frequency, row by row, the lowest first.
  func deviations(_ height: Int, _ width: Int) -> [Double] {
    // The frequencies 0, 1, … and then the negative ones, −2, −1.
    func distances(_ count: Int) -> [Double] {
      (0..<count).map { Double(2 * $0 < count ? $0 : $0 - count) }
    }
    let largest = Double(height * height + width * width).squareRoot() / 2
    return distances(height).flatMap { row in
      distances(width).map { column in
        let share = (row * row + column * column).squareRoot() / largest
        return pow(alpha * share, exponent) + beta
      }
    }
  }
}
