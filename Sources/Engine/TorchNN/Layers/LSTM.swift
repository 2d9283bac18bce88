import Torch

/// Layers of long short-term memory, one upon the other (Hochreiter & Schmidhuber 1997); the numbers are those of PyTorch's `nn.LSTM`.
public final class LSTM: Module {
  /// The weights of a layer, with the rows of input gate, forget gate, candidate and output gate one below the other.
  public final class Cell: Initializable {
    /// 4·H×inputs.
    public let weightIh: Parameter
    /// 4·H×H.
    public let weightHh: Parameter
    /// 4·H.
    public let biasIh: Parameter
    /// 4·H.
    public let biasHh: Parameter

    init(_ inputs: Int, _ width: Int) throws(TorchError) {
      weightIh = try Parameter([4 * width, inputs])
      weightHh = try Parameter([4 * width, width])
      biasIh = try Parameter([4 * width])
      biasHh = try Parameter([4 * width])
    }

    var tensors: [Tensor] { [weightIh, weightHh, biasIh, biasHh].map(\.tensor) }

    /// PyTorch's default: everything is uniform within 1/√H.
    public func initialize(using generator: Generator) throws(TorchError) {
      let bound = 1 / Double(weightHh.tensor.shape[1]).squareRoot()
      for parameter in [weightIh, weightHh, biasIh, biasHh] {
        try parameter.initializeUniform(bound: bound, using: generator)
      }
    }
  }

  /// What the layers remember of a sequence.
  public struct State {
    /// Layers×N×H.
    public var hidden: Tensor
    /// Layers×N×H.
    public var cell: Tensor

    /// A state.
    public init(hidden: Tensor, cell: Tensor) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  /// One after the other.
  public let cells: [Cell]
  /// H.
  private let width: Int

  /// Layers of zeros; initialise them or load weights.
  /// - Parameter width: H, the numbers that each layer hands over for each input.
  public init(inputs: Int, width: Int, layers: Int) throws(TorchError) {
    self.width = width
    var cells: [Cell] = []
    for layer in 0..<layers { cells.append(try Cell(layer == 0 ? inputs : width, width)) }
    self.cells = cells
  }

  /// The state before a sequence: zeros.
  /// - Parameter count: N, the number of sequences.
  public func start(_ count: Int) throws(TorchError) -> State {
    let shape = [cells.count, count, width]
    return State(hidden: try .zeros(shape), cell: try .zeros(shape))
  }

  /// Maps sequences T×N×inputs to T×N×H, and gives the state after them.
  public func callAsFunction(
    _ x: Tensor, from state: State
  ) throws(TorchError) -> (output: Tensor, state: State) {
    let (output, hidden, cell) = try x.lstm(
      hidden: state.hidden, cell: state.cell, parameters: cells.flatMap(\.tensors),
      layers: cells.count)
    return (output, State(hidden: hidden, cell: cell))
  }
}
