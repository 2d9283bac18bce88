import Torch

/// Which images of a batch are of which domain; of a batch that several processes share, the sums are over all its images.
struct DomainMembers {
  /// 1 where image n is of domain k, otherwise 0: N×K.
  let members: Tensor
  /// The images of each domain, K.
  let counts: Tensor
  private let share: BatchShare?

  /// - Parameters:
  ///   - domains: the domain of each image, N int64.
  ///   - count: K, the number of domains.
  ///   - dtype: the type to compute in.
  init(
    _ domains: Tensor, count: Int, dtype: DType, share: BatchShare?
  ) throws(TorchError) {
    let numbers = try Tensor.range(count, device: domains.device).reshaped([1, count])
    members = try domains.reshaped([-1, 1]).equals(numbers).converted(to: dtype)
    self.share = share
    let own = try members.sum([0])
    counts = if let share { try own.summed(over: share.group) } else { own }
  }

  /// The sum of `rows`, N×D, over the images of each domain: K×D.
  func sums(of rows: Tensor) throws(TorchError) -> Tensor {
    try total(members.transposed().matmul(rows))
  }

  /// The mean of `rows` over the images of each domain, K×D; 0 for a domain without images.
  func means(of rows: Tensor) throws(TorchError) -> Tensor {
    try sums(of: rows) / counts.clamped(min: 1).reshaped([-1, 1])
  }

  /// 1 for every domain with at least `count` images, otherwise 0: K.
  func having(atLeast count: Int) throws(TorchError) -> Tensor {
    let fewer = try counts.isAtMost(Double(count) - 0.5).converted(to: counts.dtype)
    return try -fewer + 1
  }

  /// The covariances of `rows` over the images of each domain, each D×D: (1/(n − 1)) Σ (x − x̄)(x − x̄)ᵀ.
  func covariances(of rows: Tensor) throws(TorchError) -> [Tensor] {
    let centred = try rows - members.matmul(means(of: rows))
    var found: [Tensor] = []
    for domain in 0..<counts.count {
      let own = try centred * members.narrowed(1, domain..<domain + 1)
      let degrees = try (counts.selected(0, domain) - 1).clamped(min: 1)
      found.append(try total(own.transposed().matmul(own)) / degrees)
    }
    return found
  }

  private func total(_ own: Tensor) throws(TorchError) -> Tensor {
    if let share { try own.summed(over: share.group) } else { own }
  }
}
