import Testing
import Torch

@Suite struct AutocastTests {
  /// The type that a product of float32 matrices comes out in.
  private func productType(_ weight: Tensor? = nil) throws -> DType {
    try Tensor.ones([2, 2]).matmul(weight ?? Tensor.ones([2, 2])).dtype
  }

  @Test func theInnerTypeCountsUntilItsBodyEnds() throws {
    var types: [DType?] = []
    func look() throws { types += [autocastType(on: .cpu), try productType()] }
    try look()
    try withAutocast(to: .bfloat16, on: .cpu) {
      try look()
      try withAutocast(to: .float16, on: .cpu) {
        try withAutocast(to: .float16, on: .cpu) { try look() }
        try look()
      }
      try look()
    }
    try look()
    #expect(
      types == [
        nil, .float32, .bfloat16, .bfloat16, .float16, .float16, .float16, .float16, .bfloat16,
        .bfloat16, nil, .float32,
      ])
  }

  /// libtorch keeps a weight that it has cast, and looks for it by the weight alone.
  @Test func aWeightIsCastToTheTypeOfNow() throws {
    let weight = try Tensor.ones([2, 2])
    try weight.requireGradient()
    let types = try withAutocast(to: .bfloat16, on: .cpu) {
      let before = try productType(weight)
      let inside = try withAutocast(to: .float16, on: .cpu) { try productType(weight) }
      return [before, inside, try productType(weight)]
    }
    #expect(types == [.bfloat16, .float16, .bfloat16])
  }

  @Test func theOuterTypeComesBackAfterAnError() throws {
    struct Failure: Error {}
    try withAutocast(to: .bfloat16, on: .cpu) {
      #expect(throws: Failure.self) {
        try withAutocast(to: .float16, on: .cpu) { throw Failure() }
      }
      #expect(autocastType(on: .cpu) == .bfloat16)
    }
  }
}
