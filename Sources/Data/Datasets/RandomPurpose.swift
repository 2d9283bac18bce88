/// What numbers are drawn at random for: the one list of all addresses that `AddressedGenerator` knows.
///
/// Under one seed no two purposes share an address, but for those of demo data, which are made under seeds of their own.
/// An address never changes, since with it every run and every made data set would. The weights of a new network have no
/// address: libtorch draws them, from the seed of the run.
public enum RandomPurpose: Sendable, Hashable {
  /// The order in which an epoch goes through the samples.
  case sampleOrder(epoch: Int)
  /// What the network itself draws in a step, such as the units that dropout leaves out.
  case networkStep(iteration: Int)
  /// The augmentation of a sample's query view x_q, and the crop that all views of a scene have.
  case queryView(sample: Int, epoch: Int)
  /// The augmentation of a sample's key view x_k; of a scene its colours alone.
  case keyView(sample: Int, epoch: Int)
  /// The picture that lends a sample's version `number`, from 0, its style.
  case styledView(_ number: Int, sample: Int, epoch: Int)
  /// All that is drawn of a picture of a demo set, by its number in a part of the set.
  case demoPicture(part: Int, index: Int)
  /// The value of a random field at a point with whole coordinates.
  case place(x: Int, y: Int)

  /// The sample of what belongs to none.
  private static let noSample = -1

  /// Three numbers that no other purpose has.
  var address: (epoch: Int, sample: Int, view: Int) {
    switch self {
    case .sampleOrder(let epoch): (epoch, Self.noSample, 0)
    case .networkStep(let iteration): (iteration, Self.noSample, 1)
    case .queryView(let sample, let epoch): (epoch, sample, 0)
    case .keyView(let sample, let epoch): (epoch, sample, 1)
    case .styledView(let number, let sample, let epoch): (epoch, sample, 2 + number)
    case .demoPicture(let part, let index): (part, index, 0)
    case .place(let x, let y): (x, y, 0)
    }
  }
}
