import Torch
import TorchNN

/// A module with every kind of property that a network has.
final class SampleNetwork: Module {
  static var stateKeys: [String: String] { ["lastLayer": "fc_new"] }

  let firstLayer: Linear
  let blocks: [Linear]
  let shortcut: Linear?
  let absent: Linear? = nil
  let normAfter: BatchNorm2d
  let lastLayer: Linear
  let note = "no part of the state"

  init() throws(TorchError) {
    firstLayer = try Linear(2, 3)
    blocks = [try Linear(3, 3), try Linear(3, 3)]
    shortcut = try Linear(2, 3)
    normAfter = try BatchNorm2d(3)
    lastLayer = try Linear(3, 1)
  }

  static let keys = [
    "first_layer.weight", "first_layer.bias", "blocks.0.weight", "blocks.0.bias",
    "blocks.1.weight", "blocks.1.bias", "shortcut.weight", "shortcut.bias", "norm_after.weight",
    "norm_after.bias", "norm_after.running_mean", "norm_after.running_var",
    "norm_after.num_batches_tracked", "fc_new.weight", "fc_new.bias",
  ]
}
