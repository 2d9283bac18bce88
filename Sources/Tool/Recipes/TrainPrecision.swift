import Backbones
import Torch

/// `train.precision` and `train.frozen_precision`.
public enum TrainPrecision: String, Sendable, CaseIterable {
  /// float32 throughout.
  case float32
  /// Convolutions and matrix products in bfloat16.
  case bfloat16 = "bf16"
  /// As fast as the device can without rounding gradients: bfloat16 in passes without them, if the device is faster in it.
  case fast

  /// The precision of passes with gradients.
  public var ofGradients: Precision { self == .bfloat16 ? .bfloat16 : .float32 }

  /// The precision of passes without gradients.
  public func frozen(on device: Device) -> Precision {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .fast: Precision.bfloat16.isFast(on: device) ? .bfloat16 : .float32
    }
  }
}

extension TrainRecipe {
  /// What a user might choose on a processor that multiplies in bfloat16, if the recipe leaves that out; nil elsewhere.
  public func precisionAdvice(on device: Device) -> String? {
    guard device == .cpu, precision == .float32, frozenPrecision == .float32,
      Precision.bfloat16.isFast(on: device)
    else { return nil }
    return """
      this processor multiplies in bfloat16: with train.precision: bf16 the steps of a convolutional network are up to 1.8 times as \
      fast; train.precision: fast uses it only where there are no gradients
      """
  }
}
