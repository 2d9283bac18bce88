/// Which trials go on to longer training: all of them train a short while, the best part of them a few times longer, and so on to
/// the full length (Jamieson and Talwalkar 2016).
public struct SuccessiveHalving: Sendable, Equatable {
  /// Of how many trials one goes on to the next round.
  public let reduction: Int
  /// The number of trials in each round.
  public let counts: [Int]

  /// The rounds for `trials` trials; a reduction of 1 has one round, in which all train to the end.
  public init(trials: Int, reduction: Int) {
    self.reduction = max(1, reduction)
    var counts = [trials]
    while reduction > 1, let last = counts.last, last >= reduction {
      counts.append((last + reduction - 1) / reduction)
    }
    self.counts = counts
  }

  /// The number of steps after which each round of a trial ends: the first at which its network is judged after a share of its
  /// full length, which is `reduction` times smaller in each earlier round.
  public func ends(of iterations: Int, isJudged: (Int) -> Bool) -> [Int] {
    counts.indices.map { round in
      var share = 1
      for _ in (round + 1)..<counts.count { share *= reduction }
      let end = (iterations + share - 1) / share
      return (max(end, 1)...max(iterations, 1)).first(where: isJudged) ?? iterations
    }
  }

  /// The trials with the highest figures, `count` at most, the best first; of equal ones the earlier. Those without a figure
  /// are left out.
  public static func best(_ figures: [Int: Double], count: Int) -> [Int] {
    let ranked = figures.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return ranked.prefix(count).map(\.key)
  }
}
