import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Parts of a weight by its singular values, against PyTorch's decomposition.
@Suite struct SingularComponentsTests {
  @Test(arguments: [("tall", [12, 5]), ("wide", [5, 12]), ("square", [7, 7])])
  func componentsArePyTorchs(name: String, shape: [Int]) throws {
    let fixture = try Fixture("adaptation")
    let weight = try Filling.uniform("soma.\(name)", shape, -1, 1).converted(to: .float64)
    let (b, a) = try weight.singularComponents(2, smallest: true)
    #expect(b.shape == [shape[0], 2] && a.shape == [2, shape[1]])
    try expectClose(b.matmul(a), fixture["soma.\(name)"], within: 1e-9)
    // Both factors have a share of √Σ.
    let (ofB, ofA) = (try b.power(2).sum([0]), try a.power(2).sum([1]))
    try expectClose(ofB, ofA, within: 1e-9)
    let largest = try weight.singularComponents(2, smallest: false)
    try expectClose(largest.b.matmul(largest.a), fixture["soma.\(name).largest"], within: 1e-9)
  }

  @Test func aMatrixWithoutFullRankHasParts() throws {
    let (b, a) = try Tensor.zeros([4, 3], dtype: .float64).singularComponents(2, smallest: true)
    #expect(try b.matmul(a).absolute().max().item() == 0)
    #expect(throws: TorchError.self) {
      try Tensor.zeros([4, 3]).singularComponents(4, smallest: true)
    }
  }

  @Test func aLayerIsSplitWithoutAChange() throws {
    let layer = try Linear(6, 4)
    try Filling.fill(layer)
    let x = try Filling.uniform("x", [3, 6], -1, 1)
    let whole = try withoutGradients { try layer(x) }
    let weight = try layer.weight.tensor.detached().clone()
    try layer.freeze()
    try layer.adaptMinorComponents(rank: 2)
    let y = try layer(x)
    try expectClose(y, whole, within: 1e-6)
    let trained = layer.namedParameters().filter(\.tensor.requiresGradient)
    #expect(trained.map(\.name) == ["lora.a", "lora.b"])
    let merged = try layer.stateDict().prefixed("layer.").mergingAdapters()
    try expectClose(#require(merged["layer.weight"]), weight, within: 1e-7)
    try y.sum().backward()
    for entry in trained { #expect(try entry.tensor.gradient() != nil, "\(entry.name)") }
  }
}
