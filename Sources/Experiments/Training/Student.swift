import Backbones
import Inference
import Torch

/// The network that is trained, before it is made: its backbone, its head and its first weights.
public struct Student {
  /// A backbone of zeros; the student's and the teacher's alike.
  public var makeBackbone: () throws -> any Backbone
  /// The network of a backbone for so many classes, its head all zeros.
  public var makeNetwork: (_ backbone: any Backbone, _ classes: Int) throws -> any TaskNetwork
  /// The file of the backbone's first weights; nil for a random start.
  public var weights: () throws -> String?
  /// The arithmetic of its passes with gradients.
  public var precision = Precision.float32
  /// Whether the backward pass computes the backbone's activations again instead of keeping them.
  public var recomputes = false
  /// What a checkpoint says of the network, so that it can be built again from the checkpoint alone; nil where the backbone
  /// is not registered.
  public var description: NetworkDescription?

  /// A student.
  /// - Parameters:
  ///   - backbone: makes a backbone of zeros.
  ///   - network: joins it with the head for so many classes; a classifier's of 512 hidden units by default.
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

  /// The student that a description is of.
  public init(_ description: NetworkDescription) {
    makeBackbone = description.makeBackbone
    makeNetwork = description.makeNetwork(of:classes:)
    weights = { try description.firstWeights.path(for: description.backbone) }
    self.description = description
  }
}
