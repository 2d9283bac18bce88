import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks of which each thread computes the maps of some images, against the same networks by all threads together.
@Suite struct ThreadedPassTests {
  private struct Pass {
    let maps: [Tensor]
    let gradients: StateDict
  }

  /// In float64, which tells another order of sums from a mistake.
  @Test(arguments: [nil, Stage.layer3], [17, 24])
  func mapsAndGradientsAreThoseOfTheWholeBatch(stage: Stage?, count: Int) throws {
    let network = try network(.float64)
    let (whole, threaded) = try passes(network, Set([stage].compactMap(\.self)), count)
    #expect(whole.gradients.count > 100)
    try expectEqual(threaded, whole, within: 1e-10)
  }

  @Test func alsoInFloat32() throws {
    let (whole, threaded) = try passes(network(.float32), [.layer3, .layer4], 16)
    try expectEqual(threaded, whole, within: 1e-4)
  }

  /// The kernels with norms folded in, which all threads ask for at once.
  @Test func frozenNetworksGiveTheSame() throws {
    let network = try network(.float64)
    try network.freeze()
    let (whole, threaded) = try passes(network, [.layer2], 16)
    #expect(whole.gradients.isEmpty)
    try expectEqual(threaded, whole, within: 1e-12)
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
      try expectEqual(threaded, whole, within: 1e-12)
    }
  }

  private func network(_ dtype: DType) throws -> EfficientNetLite {
    let network = try EfficientNetLite(.lite0)
    try Filling.fill(network.namedTensors())
    for entry in network.namedTensors() where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: dtype))
    }
    return network
  }

  private func passes(
    _ network: EfficientNetLite, _ stages: Set<Stage>, _ count: Int
  ) throws -> (whole: Pass, threaded: Pass) {
    let former = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(former) }
    try Libtorch.setThreadCount(2)
    let (images, _) = try Filling.views("images", count, size: 36)
    let input = try images.converted(to: network.namedParameters()[0].tensor.dtype)
    let whole = try pass(network) { try network.features(of: input, stages: stages) }
    let threaded = try pass(network) {
      try network.features(of: input, stages: stages, in: .float32)
    }
    return (whole, threaded)
  }

  private func pass(_ network: EfficientNetLite, _ maps: () throws -> FeatureMaps) throws -> Pass {
    let maps = try maps()
    var tensors = maps.stages.sorted { $0.key < $1.key }.map(\.value) + [maps.last]
    if maps.last.requiresGradient {
      let loss = try tensors.map { try ($0 * $0).mean() }.reduce(Tensor.zeros([])) { try $0 + $1 }
      try loss.backward()
    }
    tensors = try tensors.map { try $0.detached() }
    var gradients: StateDict = [:]
    for entry in network.namedParameters() {
      if let gradient = try entry.tensor.gradient() { gradients[entry.name] = gradient }
      try entry.tensor.clearGradient()
    }
    return Pass(maps: tensors, gradients: gradients)
  }

  private func expectEqual(_ found: Pass, _ expected: Pass, within tolerance: Double) throws {
    #expect(found.gradients.keys == expected.gradients.keys)
    #expect(found.maps.count == expected.maps.count)
    let pairs =
      zip(found.maps, expected.maps).map { ($0, $1) }
      + expected.gradients.compactMap { name, gradient in
        found.gradients[name].map { ($0, gradient) }
      }
    for (found, expected) in pairs {
      #expect(found.shape == expected.shape)
      let (found, expected): ([Double], [Double]) = (
        try found.converted(to: .float64).scalars(), try expected.converted(to: .float64).scalars()
      )
      let size = expected.map(abs).max() ?? 0
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * size })
    }
  }
}
