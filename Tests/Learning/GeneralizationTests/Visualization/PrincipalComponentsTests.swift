import Generalization
import ReferenceSupport
import Testing
import Torch

/// Principal components against scikit-learn's.
@Suite struct PrincipalComponentsTests {
  private let fixture: Fixture
  private let features: Tensor

  init() throws {
    fixture = try Fixture("projection")
    features = try fixture["features"]
  }

  @Test(arguments: [1, 7, 40, 1024])
  func agreesWithAnotherImplementation(blockSize: Int) throws {
    let components = try PrincipalComponents(of: features, count: 3, blockSize: blockSize)
    try fixture.expect("pca.directions", components.directions, within: 1e-9)
    try fixture.expect("pca.coordinates", components.coordinates(of: features), within: 1e-9)
    try fixture.expect("pca.variances", Tensor(components.variances), within: 1e-9)
  }

  @Test func lengthsDoNotMatterToUnitFeatures() throws {
    let lengths = try Tensor((0..<40).map { 1 + Double($0) }).unsqueezed(1)
    let unit = try PrincipalComponents(of: features, count: 2, isUnit: true)
    let longer = try PrincipalComponents(of: features * lengths, count: 2, isUnit: true)
    try expectClose(
      longer.coordinates(of: features), unit.coordinates(of: features), within: 1e-9)
    let scaled = try PrincipalComponents(of: features.normalized(1), count: 2)
    try expectClose(scaled.directions, unit.directions, within: 1e-9)
  }

  /// On the circle: unit rows, at the angles of the components' coordinates.
  @Test func circleKeepsTheAnglesOfTheComponents() throws {
    let circle = try CircleProjection(of: features)
    let components = try PrincipalComponents(of: features, count: 2, isUnit: true)
    let plane = try PlanePoint.rows(of: components.coordinates(of: features))
    for (point, place) in zip(try circle.points, plane) {
      #expect(abs(point.x * point.x + point.y * point.y - 1) < 1e-12)
      #expect(abs(point.x * place.y - point.y * place.x) < 1e-12)
      #expect(point.x * place.x + point.y * place.y > 0)
    }
  }

  @Test func moreComponentsThanDimensionsAreAnError() throws {
    #expect(throws: TorchError.self) { try PrincipalComponents(of: features, count: 6) }
    #expect(throws: TorchError.self) { try PrincipalComponents(of: features, count: 0) }
    #expect(throws: TorchError.self) { try CircleProjection(of: Tensor.ones([1, 4])) }
  }
}
