import CheckoutSupport
import Foundation
import Testing
import Torch

/// What this machine has.
enum Machine {
  static let hasCUDA = (try? Device(named: "cuda")) != nil

  /// The folder of the checkout.
  static let project = Checkout.root
}

extension Trait where Self == ConditionTrait {
  /// Skips what can only be seen without a usable GPU.
  static var withoutCUDA: Self { .enabled(if: !Machine.hasCUDA, "a CUDA device answers here") }
  /// Skips what needs a usable GPU.
  static var withCUDA: Self { .enabled(if: Machine.hasCUDA, "no CUDA device answers here") }
}
