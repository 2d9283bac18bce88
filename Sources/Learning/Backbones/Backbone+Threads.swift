import Torch

/// The fewest images with which a thread's pass of its own pays: what a pass does once for all its images, such as scaling
/// kernels, every thread then does.
private let fewestImages = 8

extension Backbone {
  /// The maps of a pass on the CPU in which each thread takes some of the images, where that is faster
  /// (`dividesBatchesAmongThreads`) and each has enough of them; otherwise those of an ordinary pass.
  func threadedFeatures(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    let threads = Libtorch.threadCount
    // What is done to maps may mix images, and parameters of segments that are computed again get gradients by themselves.
    let isPlain = (self as? any MapChanging)?.mapChange == nil && !recomputes
    guard dividesBatchesAmongThreads, isPlain, threads > 1, images.device == .cpu,
      images.shape[0] >= threads * fewestImages, !OperationTrace.isRecording
    else { return try features(of: images, stages: stages) }
    // The threads change nothing but what layers keep for the next pass, with which they take turns.
    nonisolated(unsafe) let network: any Backbone = self
    let pass = try ThreadedPass(of: images, parts: threads) {
      try network.features(of: $0, stages: stages)
    }
    let joined = try pass.joined(\.tensors)
    return try pass.outputs[0].mapping { place, _ in joined[place] }
  }
}
