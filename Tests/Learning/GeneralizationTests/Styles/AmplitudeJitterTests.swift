import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct AmplitudeJitterTests {
  @Test(arguments: [
    ("classification", LabelScope.image), ("segmentation", .pixel),
  ])
  func imagesAgreeWithPyTorch(name: String, labels: LabelScope) throws {
    let fixture = try Fixture("later")
    let jittered = try AmplitudeJitter.standard(for: labels)(
      fixture["pasta.images"], noise: fixture["pasta.noise"])
    try fixture.expect("pasta.\(name)", jittered, within: 1e-9)
  }

  @Test func withoutStrengthItIsTheIdentity() throws {
    let fixture = try Fixture("later")
    let images = try fixture["pasta.images"]
    let same = try AmplitudeJitter(alpha: 0, beta: 0)(images, noise: fixture["pasta.noise"])
    #expect(try (same - images).absolute().max().item() < 1e-14)
    let other = try AmplitudeJitter()(images, noise: fixture["pasta.noise"])
    #expect(try (other - images).absolute().max().item() > 0.01)
  }

  /// A factor for all frequencies is one for all pixels, as far as they are not clipped.
  @Test func equalFactorsScaleThePixels() throws {
    let images = try Fixture("later")["pasta.images"] * 0.5
    let noise = try Tensor.ones(images.shape, dtype: .float64)
    let brighter = try AmplitudeJitter(alpha: 0, beta: 0.25)(images, noise: noise)
    #expect(try (brighter - images * 1.25).absolute().max().item() < 1e-14)
  }

  @Test func pixelsStayInRange() throws {
    let fixture = try Fixture("later")
    let jittered: [Double] = try AmplitudeJitter(alpha: 100)(
      fixture["pasta.images"], noise: fixture["pasta.noise"]
    ).scalars()
    #expect(jittered.allSatisfy { (0...1).contains($0) })
    #expect(jittered.contains(0) && jittered.contains(1))
  }

  @Test func otherShapesAreRefused() throws {
    let image = try Tensor.ones([3, 4, 4])
    #expect(throws: TorchError.self) { try AmplitudeJitter()(image, noise: image) }
  }
}
