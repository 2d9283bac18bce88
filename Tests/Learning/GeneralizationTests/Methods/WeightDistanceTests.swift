import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The distance of the student's weights from ImageNet's, those of `encoder_k.` here.
@Suite struct WeightDistanceTests {
  @Test func agreesWithPyTorch() throws {
    let student = try ReferenceStudent(filledAs: "encoder_k.")
    let method = try makeMethod(student, .none)
    try student.fill(as: "encoder_q.")
    let term = try #require(student.terms(of: method).losses.first)
    #expect(term.name == "weight_distance")
    #expect(term.weight == 2)
    try student.expect(term, as: "weight_distance", in: Fixture("methods"))
    // Only the ImageNet weights, without factors for the terms.
    #expect(try method.stateDict().keys.allSatisfy { $0.hasPrefix("weight_distance.anchor.") })
  }

  @Test func nothingIsLostAtTheStart() throws {
    let student = try ReferenceStudent()
    let method = try makeMethod(student, .none)
    #expect(try student.terms(of: method).losses[0].value.item() == 0)
  }

  @Test func fisherInformationAgreesWithPyTorch() throws {
    let fixture = try Fixture("methods")
    let student = try ReferenceStudent(filledAs: "encoder_k.")
    let method = try makeMethod(student, .diagonal)
    try prepare(method, student)
    let fisher = try method.stateDict().below("weight_distance.fisher.")
    for key in ReferenceStudent.watched {
      try fixture.expect("fisher.\(key)", #require(fisher[key]), within: 1e-9)
    }
    // The ImageNet classifier is not trained, so its weights do not count.
    #expect(fisher["fc.weight"] == nil)
    try student.fill(as: "encoder_q.")
    let term = try #require(student.terms(of: method).losses.first)
    try student.expect(term, as: "weight_distance_fisher", in: fixture)
  }

  @Test func fisherInformationHasMeanOneAndLeavesNoGradients() throws {
    let student = try ReferenceStudent()
    let method = try makeMethod(student, .diagonal)
    try prepare(method, student)
    let fisher = try method.stateDict().below("weight_distance.fisher.").values
    let count = fisher.reduce(0) { $0 + $1.count }
    let total = try fisher.reduce(0) { $0 + (try $1.sum().item()) }
    #expect(abs(total / Double(count) - 1) < 1e-12)
    #expect(
      try student.network.namedTensors().allSatisfy { try $0.tensor.gradient() == nil })
  }

  @Test func aLoadedMethodGoesOnBitForBit() throws {
    let student = try ReferenceStudent(filledAs: "encoder_k.")
    let first = try makeMethod(student, .diagonal)
    let second = try makeMethod(student, .diagonal)
    try prepare(first, student)
    try second.load(first.stateDict())
    try student.fill(as: "encoder_q.")
    let values = try [first, second].map { try student.terms(of: $0).losses[0].value.item() }
    #expect(values[0] == values[1])
    #expect(values[0] > 0)
  }

  @Test func aCheckpointWithoutFisherInformationIsRefused() throws {
    let method = try makeMethod(ReferenceStudent(), .diagonal)
    #expect(throws: StateDictMismatch.self) { try method.load([:]) }
  }

  @Test func anEmptyBatchIsRefused() throws {
    let student = try ReferenceStudent()
    let method = try makeMethod(student, .diagonal)
    #expect(throws: MethodError.noImages) {
      try method.prepare(student: student.network) { try Tensor.zeros([0, 3, 64, 64]) }
    }
  }

  private static let adaptations: [(Adaptation, MethodError)] = [
    (.lowRank(.init(rank: 2)), .addedWeights),
    (.lowRank(.minorComponents(rank: 2, firstBlock: 0)), .addedWeights),
    (.tokens(.init(count: 4, rank: 2)), .addedWeights), (.head, .frozenBackbone),
  ]

  /// What is added to a backbone has no weights of ImageNet's, and what is frozen has no distance.
  @Test(arguments: adaptations)
  func anAdaptedBackboneIsRefused(adaptation: Adaptation, error: MethodError) throws {
    func transformer() throws -> VisionTransformer {
      let network = try VisionTransformer(
        .init(width: 16, depth: 4, heads: 2), family: .dinov2, patch: 4, imageSize: 16)
      try Filling.fill(network)
      return network
    }
    _ = try WeightDistance(.init(), student: transformer(), device: .cpu)
    let student = try transformer()
    try adaptation.apply(to: student, using: Generator(seed: 1))
    #expect(throws: error) {
      try WeightDistance(.init(fisher: .diagonal), student: student, device: .cpu)
    }
    #expect(throws: error) {
      try SynapticIntelligence(.init(), student: student, device: .cpu)
    }
  }

  private func makeMethod(
    _ student: ReferenceStudent, _ fisher: WeightDistanceConfiguration.Fisher
  ) throws -> WeightDistance {
    try WeightDistance(
      .init(lambda: 2, fisher: fisher, fisherImageCount: 6), student: student.network.backbone,
      seed: 5, device: .cpu)
  }

  /// Six images: the query views, and two of the key views of the batch after.
  private func prepare(_ method: WeightDistance, _ student: ReferenceStudent) throws {
    let (query, key, _) = try ReferenceStudent.views()
    var given = 0
    try method.prepare(student: student.network) {
      defer { given += 1 }
      return given == 0 ? query : key
    }
    #expect(given == 2)
  }
}
