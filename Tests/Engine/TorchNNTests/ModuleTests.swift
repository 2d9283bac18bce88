import Testing
import Torch
import TorchNN

@Suite("Modules and their state")
struct ModuleTests {
  private let network: SampleNetwork

  init() throws {
    network = try SampleNetwork()
  }

  @Test("Keys follow the properties: snake case, array indices, renames; what is absent has none")
  func keys() {
    #expect(network.namedTensors().map(\.name) == SampleNetwork.keys)
    let parameters = SampleNetwork.keys.filter {
      !$0.contains("running_") && !$0.contains("num_batches")
    }
    #expect(network.namedParameters().map(\.name) == parameters)
    #expect(Set(network.stateDict().keys) == Set(SampleNetwork.keys))
  }

  @Test("What a module inherits is a part of it")
  func inheritance() throws {
    class Block: Module {
      let first: Linear
      init() throws { first = try Linear(2, 3) }
    }
    final class Gated: Block {
      let gate: Linear
      override init() throws {
        gate = try Linear(3, 1)
        try super.init()
      }
    }
    #expect(
      try Gated().namedTensors().map(\.name) == [
        "first.weight", "first.bias", "gate.weight", "gate.bias",
      ])
  }

  @Test("Parameters are counted without buffers")
  func parameterCount() {
    #expect(network.parameterCount == 9 + 12 + 12 + 9 + 6 + 4)
  }

  @Test("Modules are listed outermost first")
  func modules() {
    let modules = network.allModules()
    #expect(modules.count == 7)
    #expect(modules.first === network)
    #expect(modules.last === network.lastLayer)
  }

  @Test("Loading copies values of any type into the module's own tensors")
  func loading() throws {
    var state = StateDict()
    for entry in network.namedTensors() {
      state[entry.name] = try .full(entry.tensor.shape, 2, dtype: .float64)
    }
    let weight = network.firstLayer.weight.tensor
    try network.load(state)
    #expect(try weight.scalars(Float.self) == [2, 2, 2, 2, 2, 2])
    #expect(weight.requiresGradient)
    #expect(try network.normAfter.runningMean.tensor.doubles() == [2, 2, 2])
    try state["fc_new.bias"]?.fillInPlace(9)
    #expect(try network.lastLayer.bias.tensor.doubles() == [2])
  }

  @Test("A misfit names all missing, unexpected and mis-shaped keys, and changes nothing")
  func misfit() throws {
    var state = try network.stateDict().mapValues { try Tensor.ones($0.shape) }
    state["first_layer.bias"] = nil
    state["norm_after.num_batches_tracked"] = nil
    state["blocks.1.weight"] = try .ones([3, 4])
    state["zebra"] = try .ones([1])
    state["apple"] = try .ones([1])
    let mismatch = #expect(throws: StateDictMismatch.self) { try network.load(state) }
    #expect(mismatch?.missing == ["first_layer.bias"])
    #expect(mismatch?.unexpected == ["apple", "zebra"])
    #expect(mismatch?.misshaped.map(\.key) == ["blocks.1.weight"])
    #expect(
      mismatch?.description == """
        the weights do not fit the network: missing first_layer.bias; unexpected apple, zebra; \
        mis-shaped blocks.1.weight (expected [3, 3], found [3, 4])
        """)
    #expect(try network.lastLayer.weight.tensor.doubles() == [0, 0, 0])
  }

  @Test("Many misfits are counted, not all listed")
  func manyMisfits() throws {
    let mismatch = #expect(throws: StateDictMismatch.self) { try network.load([:]) }
    #expect(mismatch?.missing.count == 14)
    #expect(mismatch?.description.hasSuffix("blocks.1.bias and 8 more") == true)
  }

  @Test("Optional keys may be missing or mis-shaped, unexpected ones may be allowed")
  func leniency() throws {
    var state = try network.stateDict().mapValues { try Tensor.ones($0.shape) }
    state["fc_new.weight"] = try .ones([7, 3])
    state["fc_new.bias"] = nil
    state["other"] = try .ones([1])
    try network.load(state, optional: { $0.hasPrefix("fc_new.") }, allowsUnexpected: true)
    #expect(try network.lastLayer.weight.tensor.doubles() == [0, 0, 0])
    #expect(try network.firstLayer.bias.tensor.doubles() == [1, 1, 1])
  }

  @Test("A frozen network records no gradient, a moved one keeps its tensors' identity")
  func freezing() throws {
    let weight = network.firstLayer.weight.tensor
    #expect(weight.requiresGradient)
    try network.move(to: .cpu)
    try network.freeze()
    #expect(!weight.requiresGradient)
    #expect(network.namedTensors().allSatisfy { !$0.tensor.requiresGradient })
  }

  @Test("Prefixes are put before keys and taken off them")
  func prefixes() throws {
    let state = StateDict(uniqueKeysWithValues: [("a", try .ones([1])), ("b.c", try .ones([2]))])
    #expect(Set(state.prefixed("x.").keys) == ["x.a", "x.b.c"])
    #expect(state.prefixed("x.").below("x.b.")["c"]?.shape == [2])
    #expect(state.below("b.").count == 1)
    let named = NamedTensor(name: "a", tensor: try .ones([1]), isParameter: true)
    #expect(named.prefixed("x.").name == "x.a")
  }
}
