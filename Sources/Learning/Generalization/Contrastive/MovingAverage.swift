import Foundation
import Torch
import TorchNN

/// The moving average that makes the key's projection heads from those of the query: h̃ ← m·h̃ + (1 − m)·h.
public struct MovingAverage: Sendable, Equatable {
  /// m, the share that is kept.
  public var momentum: Double
  /// Whether m grows as min(1 − 1/(i + 1), m) (Tarvainen & Valpola 2017).
  public var isRamped: Bool

  /// A moving average; by default with the paper's momentum.
  public init(momentum: Double = 0.999, isRamped: Bool = false) {
    self.momentum = momentum
    self.isRamped = isRamped
  }

  /// m at `iteration`, counted from 0.
  public func momentum(at iteration: Int) -> Double {
    isRamped ? min(1 - 1 / Double(iteration + 1), momentum) : momentum
  }

  /// Moves every parameter of `average` towards its counterpart.
  public func update(
    _ average: some Module, towards current: some Module, iteration: Int
  ) throws(TorchError) {
    let weight = 1 - momentum(at: iteration)
    try withoutGradients { () throws(TorchError) in
      for (kept, new) in zip(average.namedParameters(), current.namedParameters()) {
        try kept.tensor.interpolateInPlace(towards: new.tensor, weight: weight)
      }
    }
  }
}
