import Foundation
import Testing
import Torch

@Suite("Operations of networks")
struct NetworkOperationTests {
  private let map: Tensor

  init() throws {
    map = try Tensor([1.0, 2, 3, 4, 5, 6, 7, 8, 9], shape: [1, 1, 3, 3])
  }

  @Test("A linear map with and without bias")
  func linear() throws {
    let x = try Tensor([1.0, 2], shape: [1, 2])
    let weight = try Tensor([1.0, 0, 3, 4, 5, 6], shape: [3, 2])
    #expect(try x.linear(weight: weight, bias: nil).doubles() == [1, 11, 17])
    #expect(try x.linear(weight: weight, bias: Tensor([1.0, 2, 3])).doubles() == [2, 13, 20])
  }

  @Test("A convolution with stride, padding, dilation, bias and groups")
  func convolution() throws {
    let kernel = try Tensor([1.0, 0, 0, -1], shape: [1, 1, 2, 2])
    #expect(try map.convolved(weight: kernel).doubles() == [-4, -4, -4, -4])
    #expect(try map.convolved(weight: kernel, dilation: 2).doubles() == [-8])
    let strided = try map.convolved(
      weight: kernel, bias: Tensor([10.0]), stride: 2, padding: 1)
    #expect(try strided.doubles() == [9, 7, 3, 6])
    let pair = try Tensor.concatenated([map, map], 1)
    let grouped = try pair.convolved(
      weight: Tensor([2.0, 3], shape: [2, 1, 1, 1]), groups: 2)
    #expect(try grouped.sum([2, 3]).doubles() == [90, 135])
  }

  @Test("Means of cells, which overlap where they do not divide the map")
  func averagePooling() throws {
    #expect(try map.averagePooled(height: 1, width: 3).doubles() == [4, 5, 6])
    #expect(try map.averagePooled(height: 2, width: 2).doubles() == [3, 4, 6, 7])
    #expect(throws: TorchError.self) { try map.averagePooled(height: -1, width: 2) }
  }

  @Test("A convolution whose channels do not fit says so with both shapes")
  func misfittingConvolution() throws {
    let kernel = try Tensor.zeros([4, 2, 3, 3], dtype: .float64)
    let error = #expect(throws: TorchError.self) { try map.convolved(weight: kernel) }
    #expect(error?.operands == ["float64[1, 1, 3, 3]", "float64[4, 2, 3, 3]", "none", "none"])
    #expect(error?.message.contains("channels") == true)
    #expect(throws: TorchError.self) { try map.convolved(weight: kernel, stride: 0) }
  }

  @Test("Batch normalisation uses the statistics it is given")
  func batchNormalization() throws {
    let x = try Tensor([1.0, 2, 3, 4], shape: [1, 2, 1, 2])
    let normalized = try x.batchNormalized(
      weight: Tensor([2.0, 1]), bias: Tensor([0.5, -1]), mean: Tensor([1.0, 2]),
      variance: Tensor([3.0, 0]), epsilon: 1)
    #expect(agree(try normalized.doubles(), [0.5, 1.5, 0, 1]))
  }

  @Test("The largest of each window")
  func pooling() throws {
    #expect(try map.maxPooled(kernel: 2, stride: 1, padding: 0).doubles() == [5, 6, 8, 9])
    #expect(try map.maxPooled(kernel: 3, stride: 2, padding: 1).doubles() == [5, 6, 8, 9])
  }

  @Test("Logarithms of softmax and the cross-entropy made of them")
  func crossEntropy() throws {
    let logits = try Tensor([0.0, Foundation.log(3), 1000, 0], shape: [2, 2])
    let logSoftmax = try logits.logSoftmax(1)
    #expect(agree(try logSoftmax.doubles(), [-Foundation.log(4), Foundation.log(0.75), 0, -1000]))
    let targets = try Tensor([Int64(0), 0])
    #expect(agree([try logits.crossEntropy(targets).item()], [Foundation.log(4) / 2]))
    let ignoring = try logits.crossEntropy(Tensor([Int64(0), 9]), ignoring: 9)
    #expect(agree([try ignoring.item()], [Foundation.log(4)]))
    #expect(throws: TorchError.self) { try logits.crossEntropy(Tensor([Int64(0), 2])) }
  }
}
