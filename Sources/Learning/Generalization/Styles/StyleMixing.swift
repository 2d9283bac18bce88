import Backbones
import Torch

/// Mixes the styles of a batch's maps inside the backbone, so that the student sees every content in many styles; with any
/// method on top, since it belongs to the student's pass on x_q.
///
/// After each of `stages`, with `probability`, each image's map x becomes σ′·(x − μ(x))/σ(x) + μ′. With the style of another image
/// x̃, by a permutation of the batch, MixStyle (Zhou et al., ICLR 2021) takes σ′ = λσ(x) + (1 − λ)σ(x̃) and μ′ = λμ(x) + (1 − λ)μ(x̃) with
/// λ ~ Beta(α, α) for each image, without gradients through the styles; permuted AdaIN (Nuriel et al., CVPR 2021) takes σ(x̃) and μ(x̃) as they are,
/// with gradients.
public struct StyleMixing: Sendable, Equatable {
  /// What becomes of two styles.
  public enum Rule: String, Sendable, CaseIterable {
    /// A random mean of both.
    case mixStyle = "mixstyle"
    /// The other one.
    case permuted = "padain"
  }

  /// What becomes of two styles.
  public var rule: Rule
  /// How often the maps of a stage are changed.
  public var probability: Double
  /// α of MixStyle's beta distribution.
  public var alpha: Double
  /// The stages after which it happens.
  public var stages: [Stage]

  /// Mixing with the papers' values, after the first two stages.
  public init(_ rule: Rule) {
    self.rule = rule
    probability = rule == .mixStyle ? 0.5 : 0.01
    alpha = 0.1
    stages = [.layer1, .layer2]
  }

  /// Runs a pass of `backbone` whose maps are changed.
  /// - Parameters:
  ///   - seed: the seed of the step's draws, the same in all processes that share its batch.
  ///   - share: the images of the batch that the pass sees; nil for all.
  /// - Throws: `BackboneError.noMapsToChange`.
  public func applied<Result>(
    to backbone: any Backbone, seed: UInt64, share: BatchShare? = nil,
    _ pass: () throws -> Result
  ) throws -> Result {
    let generator = try Generator(seed: seed)
    return try backbone.changingMaps(
      by: { map, stage in
        guard stages.contains(stage) else { return map }
        let images = share?.images ?? 0..<map.shape[0]
        let total = share?.total ?? images.count
        guard let drawn = try draw(images, of: total, generator) else { return map }
        return try map.changedPrecisely { try mixed($0, drawn, share) }
      }, pass)
  }

  /// The styles' partners and shares in a batch, for some of its images.
  package struct Draw {
    /// The place in the whole batch of the image that lends its style, N.
    let partners: [Int64]
    /// λ, N.
    let lambda: [Double]

    /// A draw.
    package init(partners: [Int64], lambda: [Double]) {
      self.partners = partners
      self.lambda = lambda
    }
  }

  /// The map with mixed styles.
  package func mixed(_ map: Tensor, _ draw: Draw, _ share: BatchShare? = nil) throws -> Tensor {
    let own = try MapStyle(of: map)
    let partners = try Tensor(draw.partners).moved(to: map.device)
    switch rule {
    case .permuted:
      return try own.whole(share).gathered(partners).applied(to: own.content(of: map))
    case .mixStyle:
      let lambda = try Tensor(draw.lambda, shape: [draw.lambda.count, 1])
        .converted(to: map.dtype).moved(to: map.device)
      let fixed = try own.detached()
      let lent = try fixed.whole(share).gathered(partners)
      return try fixed.mixed(lambda, with: lent).applied(to: fixed.content(of: map))
    }
  }

  /// Draws for a whole batch, of which some images are asked for; nil where the maps stay as they are.
  private func draw(
    _ images: Range<Int>, of total: Int, _ generator: Generator
  ) throws -> Draw? {
    let numbers: [Double] = try Tensor.uniform(
      [1 + total], dtype: .float64, generator: generator
    ).scalars()
    guard numbers[0] < probability else { return nil }
    // A permutation: the order of independent numbers.
    let order = (0..<total).sorted { numbers[1 + $0] < numbers[1 + $1] }
    var lambda = [Double](repeating: 0, count: total)
    if rule == .mixStyle {
      let pairs = try generator.dirichlet(Tensor.full([total, 2], alpha, dtype: .float64))
      lambda = try pairs.selected(1, 0).contiguous().scalars()
    }
    return Draw(
      partners: order[images].map(Int64.init), lambda: Array(lambda[images]))
  }
}
