import Testing
import Torch

@Suite("Eigenvalues of symmetric matrices")
struct EigenTests {
  /// Eigenvalues 1 and 3 with the directions (1, −1) and (1, 1).
  private let matrix: Tensor

  init() throws {
    matrix = try Tensor([2.0, 1, 1, 2], shape: [2, 2])
  }

  @Test("They ascend")
  func values() throws {
    #expect(agree(try matrix.symmetricEigenvalues().doubles(), [1, 3]))
  }

  @Test("Vectors are columns that the matrix scales")
  func vectors() throws {
    let (values, vectors) = try matrix.symmetricEigen()
    #expect(agree(try values.doubles(), [1, 3]))
    let scaled = try matrix.matmul(vectors)
    #expect(agree(try scaled.doubles(), try (vectors * values).doubles()))
    let products = try vectors.transposed().matmul(vectors)
    #expect(agree(try products.doubles(), [1, 0, 0, 1]))
  }

  @Test("What is no square matrix is an error")
  func misshapen() throws {
    #expect(throws: TorchError.self) { try Tensor.ones([2, 3]).symmetricEigenvalues() }
    #expect(throws: TorchError.self) { try Tensor.ones([3]).symmetricEigen() }
  }
}
