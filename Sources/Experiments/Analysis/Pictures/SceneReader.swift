import Datasets
import Imaging
import Inference
import Registry
import Runs
import Torch

/// Judges some scenes of a data set by the first network of each system.
struct SceneReader {
  private let systems: [JudgedSystem]
  private let networks: [TrainedNetwork?]
  private let failures: [String]
  private let limit: Int
  /// The largest side of a picture in a page, in pixels.
  private static let side = 320
  private static let quality: Float = 80

  init(_ systems: [JudgedSystem], limit: Int, on device: Device, _ registry: Registry) {
    var failures: [String] = []
    networks = systems.map { system in
      guard let path = system.checkpoint else { return nil }
      do {
        return try TrainedNetwork(checkpoint: path, device: device, registry: registry)
      } catch {
        failures.append("the scenes of \(system.name) are left out: \(error)")
        return nil
      }
    }
    self.systems = systems
    self.failures = failures
    self.limit = limit
  }

  /// The scenes of the set at `path`, or of the share of it that was held out; nil where it, or every network, cannot be read.
  /// - Parameter report: is told what is left out.
  func set(at path: String, report: (String) -> Void) -> SceneSet? {
    failures.forEach(report)
    guard let first = networks.compactMap(\.self).first else { return nil }
    let options = first.description.evaluation
    do {
      let dataset = try SegmentationDataset(
        at: HeldOutShare.path(of: path), isUpright: options.isUpright
      ).aligned(to: first.classes, renaming: options.renamedClasses)
      let judged = systems.lazy.map { $0.scenes(of: path) }.first { !$0.isEmpty }
      let places = dataset.samples.indices.filter {
        judged?.contains(dataset.samples[$0].image) ?? true
      }
      let count = min(limit, places.count)
      let scenes = try (0..<count).map {
        try scene(places[$0 * places.count / count], of: dataset, first)
      }
      return SceneSet(
        dataset: path, total: places.count,
        legend: first.pixelClasses.classes.map { ($0.name, $0.color) },
        scenes: scenes.sorted { $0.meanIoU < $1.meanIoU })
    } catch {
      report("the scenes of \(path) are left out: \(error)")
      return nil
    }
  }

  private func scene(
    _ index: Int, of dataset: SegmentationDataset, _ first: TrainedNetwork
  ) throws -> SceneSet.Scene {
    let scene = try dataset.read(index)
    return SceneSet.Scene(
      name: dataset.samples[index].image, picture: try Self.small(scene.image),
      truth: try Self.small(first.pixelClasses.colors(of: scene.classMap)),
      verdicts: try networks.map { try $0.map { try verdict($0, on: scene) } })
  }

  private func verdict(
    _ network: TrainedNetwork, on scene: LabelledScene
  ) throws -> SceneSet.Verdict {
    guard case .classMap(let found, let classes) = try network.predict(scene.image) else {
      throw InferenceError.notAClassifier
    }
    var confusion = ConfusionMatrix(classes: network.classes.count)
    for (label, prediction) in zip(scene.classMap.pixels, found.pixels)
    where label < network.classes.count {
      confusion.add(label: Int(label), prediction: Int(prediction))
    }
    return SceneSet.Verdict(
      classes: try Self.small(classes.colors(of: found)),
      errors: try Self.small(Self.errors(found, scene)),
      meanIoU: confusion.meanIntersectionOverUnion)
  }

  /// The scene in grey, wrong pixels in red; pixels without a class count neither way.
  private static func errors(_ found: Image, _ scene: LabelledScene) throws -> Image {
    var pixels = scene.image.colorEnhanced(factor: 0).pixels
    for (place, pair) in zip(found.pixels, scene.classMap.pixels).enumerated()
    where pair.0 != pair.1 && pair.1 != SegmentationClasses.ignored {
      pixels.replaceSubrange(3 * place..<3 * place + 3, with: [228, 60, 40])
    }
    return try Image(
      width: scene.image.width, height: scene.image.height, channels: 3, pixels: pixels)
  }

  private static func small(_ picture: Image) throws -> [UInt8] {
    let scale = min(1, Double(side) / Double(max(picture.width, picture.height)))
    return try picture.resized(
      width: max(1, Int(Double(picture.width) * scale)),
      height: max(1, Int(Double(picture.height) * scale))
    ).encodedWebP(quality: quality)
  }
}
