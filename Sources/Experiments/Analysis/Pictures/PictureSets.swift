import Backbones
import Datasets
import Imaging
import Registry
import Torch

/// The pictures of a comparison: per data set the most confident mistakes and some of what is right, with the attention of every
/// system's first network and of the frozen teacher.
public struct PictureSets {
  /// How much is shown.
  public struct Options: Sendable {
    /// The largest number of pictures of a data set.
    public var limit = 300
    /// The stages whose attention is shown.
    public var stages: [Stage] = [.layer3, .layer4]
    /// The largest number of scenes of a data set; every network judges them anew.
    public var scenes = 24
    /// The side of a thumbnail, in pixels.
    public var side = 128
    /// The pixels of each set that every network looks at: large views of all pictures would take minutes.
    public var attentionPixels = 3_000_000

    /// The usual amount.
    public init() {}
  }

  /// The sets, those without pictures left out.
  public private(set) var sets: [PictureSet] = []
  /// The sets whose pixels have classes.
  public private(set) var scenes: [SceneSet] = []
  /// What was left out, in sentences.
  public private(set) var remarks: [String] = []

  private let options: Options
  private var readers: [AttentionReader?] = []
  private var teacher: AttentionReader?
  private var files = NamedFiles()

  /// The pictures that `systems` judged. What cannot be read, such as a picture that has gone, is left out with a remark.
  public init(
    of systems: [JudgedSystem], _ options: Options = Options(), device: Device,
    registry: Registry = .standard
  ) {
    self.options = options
    guard options.limit > 0, let first = systems.first(where: { !$0.datasets.isEmpty }) else {
      return
    }
    if first.datasets.contains(where: \.isOfScenes) {
      let reader = SceneReader(systems, limit: options.scenes, on: device, registry)
      scenes = first.datasets.compactMap { reader.set(at: $0.path) { remarks.append($0) } }
      return
    }
    readers = systems.map { system in
      system.checkpoint.flatMap { path in
        reader("the attention of \(system.name)") {
          try DiagnosedNetwork(
            named: system.name, checkpoint: path, device: device, registry: registry)
        }
      }
    }
    readTeacher(of: systems.compactMap(\.checkpoint), device, registry)
    for (path, classes, _) in first.datasets {
      let set = read(
        PictureSet(path, classes: classes, judgedBy: systems, limit: options.limit))
      if !set.pictures.isEmpty { sets.append(set) }
    }
  }

  /// Reads the frozen teacher, which every run of a comparison started from; not every checkpoint holds it.
  private mutating func readTeacher(
    of checkpoints: [String], _ device: Device, _ registry: Registry
  ) {
    var reason = ""
    for path in checkpoints where teacher == nil {
      do {
        teacher = try AttentionReader(
          .teacher(named: "ImageNet", ofCheckpoint: path, device: device, registry: registry),
          stages: options.stages)
      } catch {
        reason = "\(error)"
      }
    }
    if teacher == nil { remarks.append("the teacher's attention is left out: \(reason)") }
  }

  private mutating func reader(
    _ what: String, _ network: () throws -> DiagnosedNetwork
  ) -> AttentionReader? {
    do {
      return try AttentionReader(network(), stages: options.stages)
    } catch {
      remarks.append("\(what) is left out: \(error)")
      return nil
    }
  }

  /// The set with thumbnails, and with attention as far as the allowance goes.
  private mutating func read(_ set: PictureSet) -> PictureSet {
    var set = set
    var failures: [String] = []
    let looked =
      readers.compactMap(\.self).first.map { options.attentionPixels / $0.viewPixels } ?? 0
    set.pictures = set.pictures.enumerated().compactMap { index, picture in
      do {
        return try read(picture, withAttention: index < looked)
      } catch {
        failures.append("\(error)")
        return nil
      }
    }
    if let first = failures.first {
      remarks.append("\(failures.count) pictures of \(set.dataset) are left out: \(first)")
    }
    return set
  }

  private mutating func read(
    _ picture: PictureSet.Picture, withAttention: Bool
  ) throws -> PictureSet.Picture {
    var picture = picture
    let isUpright = readers.compactMap(\.self).first?.isUpright ?? false
    let image = try files.file(named: picture.name).decoded(isUpright: isUpright).image
    picture.thumbnail = try namingPicture(picture.name) {
      try ClassificationSamples.plainView(of: image, size: options.side).encodedWebP(quality: 75)
    }
    guard withAttention else { return picture }
    func maps(_ reader: AttentionReader?) throws -> [AttentionMap] {
      guard let reader else { return [] }
      return try reader.maps(over: [reader.view(of: image)]).first ?? []
    }
    for (index, reader) in readers.enumerated() {
      picture.verdicts[index]?.attention = try maps(reader)
    }
    picture.teacherAttention = try maps(teacher)
    return picture
  }
}
