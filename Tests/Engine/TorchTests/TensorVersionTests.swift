import Testing
import Torch

@Suite struct TensorVersionTests {
  @Test func aTensorLeftAloneIsCurrent() throws {
    let tensor = try Tensor.ones([3])
    let version = TensorVersion(tensor)
    _ = try tensor * 2
    _ = try tensor.detached()
    #expect(version.isCurrent)
    #expect(version == TensorVersion(tensor))
  }

  @Test func everyChangeCounts() throws {
    let changes: [(String, (Tensor) throws -> Void)] = [
      ("elements", { try $0.fillInPlace(1) }),
      ("elements without gradients", { t in try withoutGradients { try t.multiplyInPlace(1) } }),
      ("many at once", { try [$0].multiplyInPlace(1) }),
      ("a view", { try $0.narrowed(0, 0..<1).fillInPlace(1) }),
      ("detached", { try $0.detached().fillInPlace(1) }),
      ("storage", { try $0.replaceStorage($0.detached().clone()) }),
    ]
    for (name, change) in changes {
      let tensor = try Tensor.ones([3])
      let version = TensorVersion(tensor)
      try change(tensor)
      #expect(!version.isCurrent, "\(name)")
    }
  }

  @Test func equalTensorsAreNotTheSame() throws {
    #expect(TensorVersion(try Tensor.ones([3])) != TensorVersion(try Tensor.ones([3])))
  }

  /// Not even where a new one takes the place of one that nobody else has any more.
  @Test func noOtherTensorTakesThePlace() throws {
    var versions: [TensorVersion] = []
    for _ in 0..<100 { versions.append(TensorVersion(try Tensor.ones([3]))) }
    for (index, version) in versions.enumerated() {
      #expect(!versions[..<index].contains(version))
    }
  }
}
