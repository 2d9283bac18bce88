/// The purposes for which random numbers are drawn: the only list of all addresses that `AddressedGenerator` knows.
///
/// Under one seed no two purposes share an address, except those of demo data, which have their own seeds. An address must
/// never change, since every run and every made data set would change with it. The weights of a new network have no
/// address: libtorch draws them from the seed of the run.
public enum RandomPurpose: Sendable, Hashable {
  /// The order in which an epoch goes through the samples.
  case sampleOrder(epoch: Int)
  /// The order of the classes in a round that draws one sample of each.
  case classRound(_ number: Int)
  /// The order in which a pass goes through the samples of a class; classes are counted without empty ones.
  case classMembers(label: Int, pass: Int)
  /// The random numbers of the network itself in a step, such as those of dropout.
  case networkStep(iteration: Int)
  /// The augmentation of a sample's query view x_q; for a scene also the crop, which all its views share.
  case queryView(sample: Int, epoch: Int)
  /// The augmentation of a sample's key view x_k; for a scene only its colours.
  case keyView(sample: Int, epoch: Int)
  /// The picture that gives its style to the version `number`, from 0, of a sample.
  case styledView(_ number: Int, sample: Int, epoch: Int)
  /// The factors of the amplitudes of a sample's view: x_q, x_k, then its versions in other styles.
  case amplitudes(view: Int, sample: Int, epoch: Int)
  /// All random numbers of a picture of a demo set, by its number in a part of the set.
  case demoPicture(part: Int, index: Int)
  /// The seeds and images of a replicate of a bootstrap.
  case bootstrap(replicate: Int)
  /// The values of a trial of a random search.
  case sweepTrial(number: Int)
  /// The choices of a policy of learning rates at a decision, from 1; of 0 the first weights of the policy.
  case rateDecision(Int)
  /// The value of a random field at a point with whole coordinates.
  case place(x: Int, y: Int)

  /// The sample number of a purpose that belongs to no sample.
  private static let noSample = -1

  /// Three numbers that together belong to no other purpose.
  var address: (epoch: Int, sample: Int, view: Int) {
    switch self {
    case .sampleOrder(let epoch): (epoch, Self.noSample, 0)
    case .networkStep(let iteration): (iteration, Self.noSample, 1)
    case .classRound(let number): (number, Self.noSample, 2)
    case .classMembers(let label, let pass): (pass, Self.noSample, 3 + label)
    case .queryView(let sample, let epoch): (epoch, sample, 0)
    case .keyView(let sample, let epoch): (epoch, sample, 1)
    case .styledView(let number, let sample, let epoch): (epoch, sample, 2 + number)
    case .amplitudes(let view, let sample, let epoch): (epoch, sample, -1 - view)
    case .demoPicture(let part, let index): (part, index, 0)
    case .bootstrap(let replicate): (replicate, Self.noSample, -1)
    case .sweepTrial(let number): (number, Self.noSample, -2)
    case .rateDecision(let number): (number, Self.noSample, -3)
    case .place(let x, let y): (x, y, 0)
    }
  }
}
