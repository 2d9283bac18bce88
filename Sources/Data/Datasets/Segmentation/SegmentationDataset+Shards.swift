import Foundation

extension SegmentationDataset {
  /// The scenes of tar shards with a picture and a label map each: `key.jpg` (or `.jpeg`, `.png`, `.webp`) and `key.label.png`;
  /// those without their partner are left out and listed as `unpaired`.
  ///
  /// The classes are those of `classes.yaml` beside the shards, otherwise Cityscapes'.
  init(withGapsInShardsAt path: String) throws {
    var samples: [Sample] = []
    var unpaired: [DatasetError] = []
    for sample in try TarShards(at: path).samples {
      let map = sample.fields[TarShards.Sample.labelMap].map(sample.file)
      if let image = try sample.picture() {
        if let map {
          samples.append(Sample(image: image, labels: map))
        } else {
          unpaired.append(
            .noLabels(
              image: image.path, expected: ["\(sample.name).\(TarShards.Sample.labelMap)"]))
        }
      } else if let map {
        unpaired.append(.noImageOfLabels(labels: map.path, folder: sample.archive))
      }
    }
    guard !(samples.isEmpty && unpaired.isEmpty) else {
      throw DatasetError.empty(
        path: path, expected: "samples of a picture and a label map (.label.png)")
    }
    let folder = PathText.folder(of: path)
    let table = try Self.table(in: folder.isEmpty ? "." : folder)
    self.init(
      path: path, classes: table?.classes ?? .cityscapes, samples: samples,
      classTablePath: table?.path, unpaired: unpaired)
  }
}
