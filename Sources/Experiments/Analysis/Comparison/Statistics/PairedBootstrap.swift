import Datasets
import Imaging
import Runs

/// The bootstrap of the difference of two systems over seeds and images: how far it would vary with other seeds *and* other
/// images of the same kind.
///
/// All networks judge the same images, so that seeds and images are crossed: a replicate draws as many seeds as there are with
/// replacement, and from each class as many images as it has, the same ones for all seeds drawn (Owen 2007, the pigeonhole
/// bootstrap). Its figure is the mean over seeds of the differences of the class-mean accuracies. With few seeds the interval
/// is too narrow, since a handful of seeds shows little of how seeds vary.
package struct PairedBootstrap {
  /// The number of replicates.
  package static let replicates = 10_000

  /// By class, then seed, then image of the class: 1 where only the system is right, −1 where only the other is, else 0.
  private let classes: [[[Int]]]
  private let seedCount: Int

  /// The bootstrap of pairs of runs with the same seed; nil for fewer than two pairs, and for runs that did not judge the same
  /// images.
  package init?(_ pairs: [(own: ImageOutcomes, other: ImageOutcomes)]) {
    guard pairs.count > 1, let first = pairs.first?.own, !first.labels.isEmpty,
      pairs.allSatisfy({
        Self.areOfSameImages($0.own, first) && Self.areOfSameImages($0.other, first)
      })
    else { return nil }
    seedCount = pairs.count
    let members = Dictionary(grouping: first.labels.indices) { first.labels[$0] }
    classes = members.keys.sorted().compactMap { members[$0] }.map { images in
      pairs.map { own, other in
        images.map { (own.isRight[$0] ? 1 : 0) - (other.isRight[$0] ? 1 : 0) }
      }
    }
  }

  private static func areOfSameImages(_ left: ImageOutcomes, _ right: ImageOutcomes) -> Bool {
    left.nameHash == right.nameHash && left.labels == right.labels
  }

  /// The interval of the share `confidence` of the replicates, by percentiles; the same at every call.
  package func interval(confidence: Double = PairedDifference.confidence) -> ClosedRange<Double> {
    let figures = (0..<Self.replicates).map(replicate).sorted()
    let low = Self.quantile((1 - confidence) / 2, of: figures)
    return low...max(low, Self.quantile((1 + confidence) / 2, of: figures))
  }

  /// The difference over seeds and images as they are drawn for the replicate `number`.
  private func replicate(_ number: Int) -> Double {
    var generator = AddressedGenerator(seed: 0, for: .bootstrap(replicate: number))
    let seeds = (0..<seedCount).map { _ in generator.nextInteger(below: seedCount) }
    var sum = 0.0
    for outcomes in classes {
      let size = outcomes[0].count
      var difference = 0
      for _ in 0..<size {
        let image = generator.nextInteger(below: size)
        for seed in seeds { difference += outcomes[seed][image] }
      }
      sum += Double(difference) / Double(size)
    }
    return sum / Double(seedCount * classes.count)
  }

  /// The quantile of sorted values, between neighbours by a straight line.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
