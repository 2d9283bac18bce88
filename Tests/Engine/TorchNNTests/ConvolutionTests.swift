import Testing
import Torch
import TorchNN

@Suite("Convolution and linear layers")
struct ConvolutionTests {
  @Test("A linear layer is x·Wᵀ + b")
  func linear() throws {
    let layer = try Linear(2, 1)
    try layer.load([
      "weight": Tensor([2, 3] as [Float], shape: [1, 2]), "bias": Tensor([1] as [Float]),
    ])
    #expect(try layer(Tensor([10, 100] as [Float], shape: [1, 2])).doubles() == [321])
  }

  @Test("Zeros of one number on every side")
  func symmetricPadding() throws {
    let layer = try Convolution2d(1, 1, kernel: 3, geometry: .init(padding: .symmetric(1)))
    try layer.weight.initialize(to: 1)
    #expect(try layer(Tensor.ones([1, 1, 2, 3])).doubles() == [4, 6, 4, 4, 6, 4])
  }

  @Test(
    "Same padding is TensorFlow's: ⌈inputs / stride⌉ outputs, an odd zero right and below",
    arguments: [1, 2, 3], [1, 3, 5])
  func samePadding(stride: Int, kernel: Int) throws {
    let geometry = ConvolutionGeometry(stride: stride, padding: .same)
    let layer = try Convolution2d(2, 3, kernel: kernel, geometry: geometry)
    let generator = try Generator(seed: 6)
    try layer.initialize(using: generator)
    for (height, width) in [(6, 6), (7, 7), (6, 7), (9, 4), (1, 2)] {
      let x = try Tensor.normal([2, 2, height, width], generator: generator)
      let (rows, columns) = ((height - 1) / stride + 1, (width - 1) / stride + 1)
      let below = max(0, (rows - 1) * stride + kernel - height)
      let right = max(0, (columns - 1) * stride + kernel - width)
      let padded = try x.padded([right / 2, (right + 1) / 2, below / 2, (below + 1) / 2])
      let expected = try padded.convolved(weight: layer.weight.tensor, stride: stride)
      let found = try layer(x)
      #expect(found.shape == [2, 3, rows, columns])
      #expect(try relativeDifference(found, expected) < 1e-5, "\(height)×\(width)")
      let single = try layer(x.selected(0, 0))
      #expect(try relativeDifference(single, expected.selected(0, 0)) < 1e-5)
    }
  }

  @Test("Same padding by hand: the odd zero is on the right")
  func oddZero() throws {
    let geometry = ConvolutionGeometry(stride: 2, padding: .same)
    let layer = try Convolution2d(1, 1, kernel: 3, geometry: geometry)
    try layer.weight.initialize(to: 1)
    let x = try Tensor([1, 2, 3, 4] as [Float], shape: [1, 1, 1, 4])
    #expect(try layer(x).doubles() == [6, 7])
  }

  @Test("Same padding counts the dilated kernel")
  func dilation() throws {
    let geometry = ConvolutionGeometry(padding: .same, dilation: 2)
    let layer = try Convolution2d(1, 1, kernel: 3, geometry: geometry)
    try layer.weight.initialize(to: 1)
    let x = try Tensor([1, 2, 3, 4, 5] as [Float], shape: [1, 1, 1, 5])
    #expect(try layer(x).doubles() == [4, 6, 9, 6, 8])
  }

  @Test("A geometry that cannot be is refused when the layer is made")
  func impossibleGeometry() {
    for geometry in [
      ConvolutionGeometry(stride: 0, padding: .same), .init(dilation: 0), .init(groups: 0),
      .init(groups: 4),
    ] {
      let error = #expect(throws: TorchError.self) {
        try Convolution2d(6, 8, kernel: 3, geometry: geometry)
      }
      #expect(error?.description.contains("6 inputs and 8 outputs") == true)
    }
  }

  @Test(
    "A map that does not fit is an error, of whatever shape", arguments: [[], [3], [1, 5, 4, 4]])
  func misfittingMap(shape: [Int]) throws {
    let layer = try Convolution2d(2, 3, kernel: 3, geometry: .init(padding: .same))
    #expect(throws: TorchError.self) { try layer(.ones(shape)) }
  }

  @Test("Kernels are laid out channels-last, and so are the maps made of channels-last ones")
  func layout() throws {
    let layer = try Convolution2d(4, 6, kernel: 3)
    #expect(layer.weight.tensor.isChannelsLast)
    #expect(layer.weight.tensor.requiresGradient)
    #expect(try layer(Tensor.ones([2, 4, 5, 5]).channelsLast()).isChannelsLast)
  }
}
