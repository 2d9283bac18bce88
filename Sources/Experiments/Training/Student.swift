import Backbones
import Inference
import Torch

/// How to make the network that is trained: its backbone, its head and its first weights.
public struct Student {
  /// Makes a backbone of zeros, for the student and for the teacher.
  public var makeBackbone: () throws -> any Backbone
  /// Makes the network of a backbone for a number of classes, with a head of zeros.
  public var makeNetwork: (_ backbone: any Backbone, _ classes: Int) throws -> any TaskNetwork
  /// The file of the backbone's first weights; nil for a random start.
  public var weights: () throws -> String?
  /// Which weights of the backbone are trained.
  public var adaptation = Adaptation.full
  /// The precision of its passes with gradients.
  public var precision = Precision.float32
  /// Whether the backward pass computes the backbone's activations again instead of keeping them.
  public var recomputes = false
  /// In how many parts its backbone takes each batch, one after the other.
  public var parts = 1
  /// The description of the network in checkpoints, so that it can be built again from a checkpoint alone; nil where the
  /// backbone is not registered.
  public var description: NetworkDescription?

  /// A student.
  /// - Parameters:
  ///   - backbone: makes a backbone of zeros.
  ///   - network: joins it with a head for a number of classes; by default the head of a classifier with 512 hidden units.
  ///   - weights: the file of the backbone's first weights; nil for a random start.
  public init(
    backbone: @escaping () throws -> any Backbone,
    network: @escaping (any Backbone, Int) throws -> any TaskNetwork = {
      try ImageClassifier(backbone: $0, classes: $1)
    },
    weights: String? = nil
  ) {
    makeBackbone = backbone
    makeNetwork = network
    self.weights = { weights }
  }

  /// The student that a description describes.
  public init(_ description: NetworkDescription) {
    makeBackbone = description.makeBackbone
    makeNetwork = description.makeNetwork(of:classes:)
    weights = { try description.firstWeights.path(for: description.backbone) }
    self.description = description
  }
}
