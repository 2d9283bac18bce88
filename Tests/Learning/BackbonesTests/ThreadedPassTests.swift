import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks of which each thread computes the maps of some images, against the same networks by all threads together.
@Suite struct ThreadedPassTests {
  @Test(arguments: [nil, Stage.layer3], [17, 24])
  func mapsAndGradientsAreThoseOfTheWholeBatch(stage: Stage?, count: Int) throws {
    let network = try network(.float64)
    let (whole, threaded) = try passes(network, Set([stage].compactMap(\.self)), count)
    #expect(whole.gradients.count > 100)
    try threaded.expect(whole, within: 1e-10)
  }

  @Test func alsoInFloat32() throws {
    let (whole, threaded) = try passes(network(.float32), [.layer3, .layer4], 16)
    try threaded.expect(whole, within: 1e-4)
  }

  /// The kernels with norms folded in, which all threads ask for at once.
  @Test func frozenNetworksGiveTheSame() throws {
    let network = try network(.float64)
    try network.freeze()
    let (whole, threaded) = try passes(network, [.layer2], 16)
    #expect(whole.gradients.isEmpty)
    try threaded.expect(whole, within: 1e-12)
  }

  @Test func imagesThatDependOnEachOtherAreNotDivided() throws {
    let network = try network(.float64)
    // Each map of an image gets what the next image has.
    let mixing: MapChange = { map, _ in
      let count = map.shape[0]
      return try map
        + Tensor.concatenated([map.narrowed(0, 1..<count), map.narrowed(0, 0..<1)]) * 0.5
    }
    try network.changingMaps(by: mixing) {
      let (whole, threaded) = try passes(network, [.layer3], 16)
      try threaded.expect(whole, within: 1e-12)
    }
  }

  private func network(_ dtype: DType) throws -> EfficientNetLite {
    let network = try EfficientNetLite(.lite0)
    try Filling.fill(network.namedTensors(), in: dtype)
    return network
  }

  private func passes(
    _ network: EfficientNetLite, _ stages: Set<Stage>, _ count: Int
  ) throws -> (whole: ComparedPass, threaded: ComparedPass) {
    let former = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(former) }
    try Libtorch.setThreadCount(2)
    let (images, _) = try Filling.views("images", count, size: 36)
    let input = try images.converted(to: network.namedParameters()[0].tensor.dtype)
    func pass(_ features: FeatureMaps) throws -> ComparedPass {
      let maps = stages.sorted().compactMap { features.stages[$0] } + [features.last]
      let loss = try maps.map { try ($0 * $0).mean() }.reduce(Tensor.zeros([])) { try $0 + $1 }
      return try ComparedPass(features, loss: loss, tensors: network.namedParameters())
    }
    return (
      try pass(network.features(of: input, stages: stages)),
      try pass(network.features(of: input, stages: stages, in: .float32))
    )
  }
}
