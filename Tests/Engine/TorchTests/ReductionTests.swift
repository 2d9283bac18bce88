import Foundation
import Testing
import Torch

@Suite("Reductions")
struct ReductionTests {
  private let matrix: Tensor

  init() throws {
    matrix = try Tensor([3.0, 4, 0, -1, 5, 12], shape: [2, 3])
  }

  @Test("All elements are reduced to one")
  func everything() throws {
    #expect(try matrix.sum().item() == 23)
    #expect(agree([try matrix.mean().item()], [23.0 / 6]))
    #expect(try matrix.max().item() == 12)
    #expect(try matrix.sum().shape == [])
  }

  @Test("Dimensions are reduced, and kept where asked for")
  func dimensions() throws {
    #expect(try matrix.sum([0]).doubles() == [2, 9, 12])
    #expect(try matrix.sum([-1], keeping: true).shape == [2, 1])
    #expect(try matrix.sum([0, 1]).item() == 23)
    #expect(agree(try matrix.mean([1]).doubles(), [7.0 / 3, 16.0 / 3]))
    #expect(try matrix.mean([1], keeping: true).shape == [2, 1])
    #expect(try matrix.argmax(1).scalars(Int64.self) == [1, 2])
    #expect(try matrix.argmax(0).scalars(Int64.self) == [0, 1, 1])
  }

  @Test("Norms are Euclidean, and a vector of zeros stays one when normalised")
  func norms() throws {
    #expect(agree(try matrix.norm([1]).doubles(), [5, 170.0.squareRoot()]))
    #expect(try matrix.norm([0], keeping: true).shape == [1, 3])
    let normalized = try Tensor([3.0, 4, 0, 0], shape: [2, 2]).normalized(1)
    #expect(agree(try normalized.doubles(), [0.6, 0.8, 0, 0]))
  }

  @Test("A dimension that is not there is refused")
  func missingDimension() {
    #expect(throws: TorchError.self) { try matrix.sum([2]) }
    #expect(throws: TorchError.self) { try matrix.argmax(-3) }
  }
}
