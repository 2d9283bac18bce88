import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct DomainRandomizationTests {
  @Test func pyramidConsistencyAgreesWithPyTorch() throws {
    let fixture = try Fixture("methods")
    let versions = try (0..<3).map { try fixture["pyramid.version\($0)"].clone() }
    for version in versions { try version.requireGradient() }
    let loss = try PyramidConsistency()(versions)
    try fixture.expect("pyramid.loss", loss, within: 1e-12)
    try loss.backward()
    for (index, version) in versions.enumerated() {
      try fixture.expect(
        "pyramid.gradient\(index)", #require(try version.gradient()), within: 1e-12)
    }
  }

  @Test func equalVersionsAreConsistentAndOrderDoesNotMatter() throws {
    let fixture = try Fixture("methods")
    let versions = try (0..<3).map { try fixture["pyramid.version\($0)"] }
    let consistency = PyramidConsistency()
    #expect(try consistency([versions[0], versions[0], versions[0]]).item() < 1e-15)
    #expect(try consistency([versions[0]]).item() == 0)
    let difference = try consistency(versions) - consistency(versions.reversed())
    #expect(abs(try difference.item()) < 1e-15)
  }

  /// One cell is the mean over all places: moving what the map shows changes nothing.
  @Test func oneCellDoesNotSeePlaces() throws {
    let map = try Fixture("methods")["pyramid.version0"]
    let moved = try map.flipped([2, 3])
    #expect(try PyramidConsistency(cells: [1])([map, moved]).item() < 1e-15)
    #expect(try PyramidConsistency(cells: [2])([map, moved]).item() > 1e-3)
  }

  @Test func noVersionIsAnError() {
    #expect(throws: TorchError.self) { try PyramidConsistency()([]) }
  }

  @Test func termsAgreeWithPyTorch() throws {
    let fixture = try Fixture("methods")
    let student = try ReferenceStudent()
    let method = DomainRandomization(.init(lambda: 3, taskWeight: 2))
    #expect(method.styledViewCount == 2)
    let (query, key, _) = try ReferenceStudent.views()
    // A backward pass frees what it went through.
    func terms() throws -> [MethodTerms.LossTerm] {
      try student.terms(of: method, styled: [key, -query]).losses
    }
    let losses = try terms()
    #expect(losses.map(\.name) == ["task_styled", "pyramid_layer3", "pyramid_layer4"])
    #expect(losses.map(\.weight) == [2, 3, 3])
    try fixture.expect(
      "domain_randomization.pyramid_layer3.value", losses[1].value, within: 1e-9)
    try student.expect(losses[0], as: "domain_randomization.task_styled", in: fixture)
    try student.expect(terms()[2], as: "domain_randomization.pyramid_layer4", in: fixture)
  }

  @Test func tooFewStylesAreRefused() throws {
    let student = try ReferenceStudent()
    let (query, _, _) = try ReferenceStudent.views()
    #expect(throws: MethodError.styledViews(expected: 2, found: 1)) {
      try student.terms(of: DomainRandomization(.init()), styled: [query])
    }
    #expect(throws: MethodError.styledViews(expected: 1, found: 0)) {
      try student.terms(of: DomainRandomization(.init(styleCount: 0)))
    }
  }
}
