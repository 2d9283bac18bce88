import Backbones
import TorchNN

extension TaskNetwork {
  /// The network that takes batches in parts; one whose backbone is not trained holds nothing for a backward pass, and takes
  /// them whole.
  /// - Throws: `ExperimentError.tooManyParts` where there are more parts than images, `.undividedBatches` where the network
  ///   cannot.
  func taking(batchesOf size: Int, inParts parts: Int) throws -> any TaskNetwork {
    guard parts <= size else { throw ExperimentError.tooManyParts(parts, batchSize: size) }
    guard backbone.namedParameters().contains(where: \.tensor.requiresGradient) else { return self }
    var network = self
    network.parts = parts
    guard network.parts == parts else {
      throw ExperimentError.undividedBatches(network: "\(type(of: network))")
    }
    return network
  }
}
