import Imaging
import Inference
import ReferenceSupport
import Testing

/// The arithmetic that a trained network judges in.
@Suite struct JudgingPrecisionTests {
  @Test func theRecipesUnlessAnotherIsAskedFor() throws {
    let released = try ReleasedClassifier(
      classes: ["apple", "bus"], prepare: { try Filling.fill($0.namedTensors()) })
    defer { released.remove() }
    func score(_ trained: TrainedNetwork) throws -> Double {
      let image = try Image(width: 48, height: 40, color: [200, 20, 120])
      guard case .classes(let classes) = try trained.predict(image) else { return -1 }
      return classes.first { $0.name == "apple" }?.score ?? -1
    }
    let (exact, rounded) = (
      try score(released.trained()), try score(released.trained("precision: bf16"))
    )
    #expect(exact != rounded)
    #expect(abs(exact - rounded) < 0.02)
    #expect(try score(released.trained().judging(in: .bfloat16)) == rounded)
    #expect(try score(released.trained("precision: bf16").judging(in: .float32)) == exact)
    #expect(try score(released.trained("precision: bf16").judging(in: nil)) == rounded)
  }
}
