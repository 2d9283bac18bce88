import ProcessSupport
import Testing
import Torch
import TorchNN

/// Layers that look at a whole batch, where each process has some of its images.
@Suite struct SharedBatchTests {
  private static func images(_ count: Int) throws -> Tensor {
    try Tensor.normal([count, 3, 4, 5], generator: Generator(seed: 3)) * 2 + 1
  }

  /// A part of `count` images: two of three ranks have one image, the last has the others.
  private static func share(_ group: ProcessGroup, of count: Int) -> BatchShare {
    let isLast = group.rank == group.size - 1
    return BatchShare(group.rank..<(isLast ? count : group.rank + 1), of: count, in: group)
  }

  private struct Normalized {
    let output: [Float]
    let inputGradient: [Float]
    let weightGradient: [Float]
    let mean: [Float]
    let variance: [Float]
  }

  /// Normalises images of a batch and goes back from Σ output³.
  private static func normalized(_ x: Tensor, _ share: BatchShare? = nil) throws -> Normalized {
    let norm = try BatchNorm2d(3)
    try norm.weight.tensor.replaceStorage(Tensor([0.5, 1, 2] as [Float]))
    let own = try x.clone()
    try own.requireGradient()
    let output = try norm.normalizingByBatch(own, share: share)
    try output.power(3).sum().backward()
    let gradient = try #require(try norm.weight.tensor.gradient())
    if let share { try share.group.allReduce(gradient) }
    return Normalized(
      output: try output.detached().scalars(),
      inputGradient: try #require(try own.gradient()).scalars(),
      weightGradient: try gradient.scalars(), mean: try norm.runningMean.tensor.scalars(),
      variance: try norm.runningVar.tensor.scalars())
  }

  @Test(arguments: [2, 3])
  func aNormOfSharesIsThatOfTheBatch(size: Int) throws {
    let whole = try Self.normalized(Self.images(5))
    let parts = try Ranks.run(size) { group in
      let share = Self.share(group, of: 5)
      return try Self.normalized(share.rows(of: Self.images(5)), share)
    }
    expectNear(parts.flatMap(\.output), whole.output)
    expectNear(parts.flatMap(\.inputGradient), whole.inputGradient)
    for part in parts {
      expectNear(part.weightGradient, whole.weightGradient)
      expectNear(part.mean, whole.mean)
      expectNear(part.variance, whole.variance)
    }
  }

  @Test func sharesLoseTheElementsOfTheBatch() throws {
    let dropout = Dropout(0.5)
    let whole: [Float] = try dropout(Self.images(5), seed: 9).scalars()
    let parts = try Ranks.run(3) { group in
      let share = Self.share(group, of: 5)
      return try dropout(share.rows(of: Self.images(5)), seed: 9, share: share)
        .scalars(Float.self)
    }
    #expect(parts.flatMap(\.self) == whole)
  }

  private func expectNear(_ found: [Float], _ expected: [Float]) {
    #expect(found.count == expected.count)
    let scale = expected.map(abs).max() ?? 0
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) <= 1e-5 * scale, "\(found), expected \(expected)")
    }
  }
}
