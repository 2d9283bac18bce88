import Imaging

/// An endless order of samples in which every class comes equally often.
///
/// The order is made of rounds. Round r holds one sample of each class that has any, in an order of its own, so that n
/// samples in a row hold each class ⌊n / C⌋ to ⌈n / C⌉ + 1 times. The samples of a class of m come in passes: round r takes the
/// place r mod m of pass ⌊r / m⌋, in which each sample of the class occurs once. So the images of a rare class come back
/// often, those of a frequent one seldom, and none before all others of its class.
struct ClassOrder: Sendable {
  /// The samples of each class that has any.
  private let classes: [[Int]]
  /// The seed of the shuffle; nil for the order of the data set.
  private let seed: UInt64?
  /// The latest pass through each class.
  private var passes: [(number: Int, samples: [Int])?]

  /// An order of samples with these labels, one for each sample, at least 0.
  init(labels: [Int], seed: UInt64?) {
    classes = Self.samples(of: labels)
    self.seed = seed
    passes = classes.map { _ in nil }
  }

  /// The sample at a place of the order, from 0, and the pass through its class that it belongs to.
  mutating func sample(at place: Int) -> (index: Int, pass: Int) {
    let (round, position) = place.quotientAndRemainder(dividingBy: classes.count)
    let label = order(ofRound: round)[position]
    let members = classes[label]
    let (pass, member) = round.quotientAndRemainder(dividingBy: members.count)
    if passes[label]?.number != pass {
      let samples = Self.shuffled(members, seed, .classMembers(label: label, pass: pass))
      passes[label] = (pass, samples)
    }
    return (passes[label]?.samples[member] ?? members[member], pass)
  }

  /// The classes in the order of a round.
  private func order(ofRound round: Int) -> [Int] {
    Self.shuffled(Array(classes.indices), seed, .classRound(round))
  }

  private static func samples(of labels: [Int]) -> [[Int]] {
    var classes = [[Int]](repeating: [], count: (labels.max() ?? -1) + 1)
    for (sample, label) in labels.enumerated() { classes[label].append(sample) }
    return classes.filter { !$0.isEmpty }
  }

  private static func shuffled(_ values: [Int], _ seed: UInt64?, _ purpose: RandomPurpose) -> [Int]
  {
    guard let seed else { return values }
    var values = values
    var generator = AddressedGenerator(seed: seed, for: purpose)
    generator.shuffle(&values)
    return values
  }
}
