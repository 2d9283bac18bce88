extension Tensor {
  /// The sum over all processes, the same in each.
  ///
  /// The gradient of each operand is the sum of the gradients of all results, as of one sum that every process uses: so
  /// what is computed from it has the gradient of the sum of all processes' losses.
  public func summed(over group: ProcessGroup) throws(TorchError) -> Tensor {
    try group.sum(self)
  }
}

extension ProcessGroup {
  /// The rows of the tensors of all processes, by rank: M×… of tensors with M_r rows each.
  public func allGatherRows(_ tensor: Tensor) throws -> Tensor {
    let counts: [Int64] = try allGather(Tensor([Int64(tensor.shape.first ?? 0)])).reshaped([size])
      .scalars()
    return try allGatherRows(tensor, counts: counts.map(Int.init))
  }

  /// The same where every process knows the number of rows of each, by rank.
  public func allGatherRows(_ tensor: Tensor, counts: [Int]) throws -> Tensor {
    let longest = counts.max() ?? 0
    let missing = longest - (tensor.shape.first ?? 0)
    var padded = tensor
    if missing > 0 {
      let filling = try Tensor.zeros(
        [missing] + tensor.shape.dropFirst(), dtype: tensor.dtype, device: tensor.device)
      padded = try Tensor.concatenated([tensor, filling])
    }
    let all = try allGather(padded)
    return try Tensor.concatenated(
      (0..<size).map { try all.selected(0, $0).narrowed(0, 0..<counts[$0]) })
  }

  /// The rows of the tensors of all processes, among which they were dealt in turn: row i is that of rank i mod size.
  public func allGatherDealtRows(_ tensor: Tensor) throws -> Tensor {
    let all = try allGatherRows(tensor)
    let count = all.shape[0]
    let counts = (0..<size).map { (count - $0 + size - 1) / size }
    let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
    let order = (0..<count).map { Int64(starts[$0 % size] + $0 / size) }
    return try all.gathered(0, Tensor(order).moved(to: all.device))
  }

  /// A number that the first process computes, for all.
  public func ofFirst(_ compute: () throws -> Double) throws -> Double {
    let number = try Tensor([rank == 0 ? compute() : 0])
    try broadcast(number)
    return try number.item()
  }

  /// The sums of numbers over all processes, exact.
  public func sums(_ numbers: [Int]) throws -> [Int] {
    let totals = try Tensor(numbers.map(Int64.init))
    try allReduce(totals)
    return try totals.scalars(Int64.self).map(Int.init)
  }
}
