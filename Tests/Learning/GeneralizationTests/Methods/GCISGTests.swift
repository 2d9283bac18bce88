import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct GCISGTests {
  private static var configuration: GCISGConfiguration {
    var configuration = GCISGConfiguration()
    configuration.queueCapacity = 24
    configuration.dimension = 16
    configuration.momentum = 0.9
    return configuration
  }

  /// The method with heads and queues as the reference has them, in float64.
  private static func method(
    for student: ReferenceStudent, teacher: String = "encoder_k."
  ) throws -> GCISG {
    let method = try GCISG(
      configuration, student: student.network.backbone,
      teacher: ReferenceStudent(filledAs: teacher).network.backbone,
      momentum: ReferenceStudent(filledAs: "encoder_m.").network.backbone,
      generator: Generator(seed: 1), device: .cpu)
    for (name, tensor) in try method.stateDict() where tensor.dtype == .float32 {
      if name.hasPrefix("queue") {
        try tensor.copyInPlace(Filling.queue(name, 16, 24))
      } else {
        try Filling.fill([NamedTensor(name: name, tensor: tensor, isParameter: true)])
      }
      try tensor.replaceStorage(tensor.detached().converted(to: .float64))
    }
    return method
  }

  @Test(arguments: ["invariance_layer3", "guidance_layer3", "invariance_layer4", "guidance_layer4"])
  func termsAgreeWithPyTorch(name: String) throws {
    let student = try ReferenceStudent()
    let terms = try student.terms(of: Self.method(for: student), usesKeyView: true)
    #expect(terms.kept.map(\.shape) == [[4, 16], [4, 16]])
    let term = try #require(terms.losses.first { $0.name == name })
    try student.expect(term, as: "gcisg.\(name)", in: Fixture("later"), within: 1e-8)
  }

  @Test func guidanceIsZeroAtTheTeachersWeights() throws {
    let student = try ReferenceStudent()
    let method = try Self.method(for: student, teacher: "encoder_q.")
    for term in try student.terms(of: method).losses where term.name.hasPrefix("guidance") {
      #expect(try term.value.item() <= 1e-6)
    }
  }

  /// The target is the key's own distribution: no query is better than the key, whose loss is the entropy.
  @Test func aQueryLikeItsKeyIsTheBest() throws {
    let queue = try Filling.queue("queue3", 16, 24).converted(to: .float64)
    let keys = try Filling.uniform("keys", [4, 16], -1, 1).converted(to: .float64).normalized(1)
    let others = try Filling.uniform("others", [4, 16], -1, 1).converted(to: .float64).normalized(1)
    var configuration = Self.configuration
    configuration.queryTemperature = configuration.keyTemperature
    func loss(_ queries: Tensor) throws -> Double {
      try configuration.invariance(of: queries, from: keys, among: queue).item()
    }
    #expect(try loss(keys) < loss(others))
    let p = try (keys.matmul(queue) / configuration.keyTemperature).logSoftmax(1)
    let entropy = try -(p.exp() * p).sum([1]).mean().item()
    #expect(try abs(loss(keys) - entropy) < 1e-12)
  }

  @Test func keysEnterTheQueueAfterTheStep() throws {
    let student = try ReferenceStudent()
    let method = try Self.method(for: student)
    let before: [Double] = try #require(method.stateDict()["queue3"]).scalars()
    let terms = try student.terms(of: method, usesKeyView: true)
    try method.update(student.network, keeping: terms.kept) {}
    let queue = try #require(method.stateDict()["queue3"])
    #expect(try queue.scalars(Double.self) != before)
    let first = try queue.narrowed(1, 0..<4).transposed().contiguous()
    #expect(try (first - terms.kept[0]).absolute().max().item() == 0)
  }
}
