import Datasets
import Imaging
import Runs

/// The bootstrap of the difference of two systems over seeds and images: how far it would vary with other seeds *and* other
/// images of the same kind.
///
/// All networks judge the same images, so that seeds and images are crossed: a replicate draws as many seeds as there are with
/// replacement, and from each class as many images as it has – of scenes, which hold all classes, as many as there are –, the
/// same ones for all seeds drawn (Owen 2007, the pigeonhole bootstrap). Its figure is the mean over seeds of the differences of
/// the main figure. With few seeds the interval is too narrow, since a handful of seeds shows little of how seeds vary.
package struct PairedBootstrap {
  /// The number of replicates.
  package static let replicates = 10_000

  /// The numbers of the images, by groups that are drawn from separately.
  private let groups: [[Int]]
  private let seedCount: Int
  /// The difference of the main figure with the seed of a number, on images drawn from each group.
  private let difference: (Int, [[Int]]) -> Double

  /// The bootstrap of pairs of runs with the same seed; nil for fewer than two pairs, and for runs that did not judge the same
  /// images.
  package init?(_ pairs: [(own: ImageOutcomes, other: ImageOutcomes)]) {
    guard pairs.count > 1, let first = pairs.first?.own,
      pairs.allSatisfy({ $0.own.isOfSameImages(as: first) && $0.other.isOfSameImages(as: first) })
    else { return nil }
    seedCount = pairs.count
    switch first.kind {
    case .classes(let labels, _):
      let members = Dictionary(grouping: labels.indices) { labels[$0] }
      groups = members.keys.sorted().compactMap { members[$0] }
      let outcomes = pairs.map { Self.outcomes($0.own, $0.other) }
      difference = { seed, drawn in Self.accuracyDifference(outcomes[seed], drawn) }
    case .scenes(let scenes):
      groups = [Array(scenes.indices)]
      difference = { seed, drawn in
        Self.meanIoU(pairs[seed].own, drawn) - Self.meanIoU(pairs[seed].other, drawn)
      }
    }
    guard groups.contains(where: { !$0.isEmpty }) else { return nil }
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
    let images = groups.map { group in
      group.map { _ in group[generator.nextInteger(below: group.count)] }
    }
    return seeds.reduce(0) { $0 + difference($1, images) } / Double(seedCount)
  }

  /// For each image 1 where only the one network is right, −1 where only the other is, else 0.
  private static func outcomes(_ own: ImageOutcomes, _ other: ImageOutcomes) -> [Int] {
    guard case .classes(_, let own) = own.kind, case .classes(_, let other) = other.kind else {
      return []
    }
    return zip(own, other).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) }
  }

  /// The mean over classes of the share of images that only the one network recognises, less those that only the other does.
  private static func accuracyDifference(_ outcomes: [Int], _ drawn: [[Int]]) -> Double {
    let sums = drawn.map { images in
      Double(images.reduce(0) { $0 + outcomes[$1] }) / Double(images.count)
    }
    return sums.reduce(0, +) / Double(sums.count)
  }

  /// The mean over classes that occur of intersection over union on scenes.
  private static func meanIoU(_ outcomes: ImageOutcomes, _ drawn: [[Int]]) -> Double {
    guard case .scenes(let scenes) = outcomes.kind, let first = scenes.first else { return 0 }
    let shares = first.labelled.indices.compactMap { index -> Double? in
      var (labelled, predicted, right) = (0, 0, 0)
      for image in drawn.joined() {
        labelled += scenes[image].labelled[index]
        predicted += scenes[image].predicted[index]
        right += scenes[image].right[index]
      }
      return labelled > 0 ? Double(right) / Double(labelled + predicted - right) : nil
    }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }

  /// The quantile of sorted values, between neighbours by a straight line.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
