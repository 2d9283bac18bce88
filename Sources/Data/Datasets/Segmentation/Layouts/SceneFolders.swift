/// Where the parts of a set of images with label maps are.
struct SceneFolders {
  /// How they are laid out.
  let layout: SceneLayout
  /// The folder of the set, in which a table of classes may lie.
  let root: String
  /// The folder of the images.
  let images: String
  /// The folder of the label maps.
  let labels: String

  /// The parts of the set in `place`; nil where none of the known layouts is there.
  init?(at place: String) {
    for layout in SceneLayout.known {
      // Seen from there, its images and label maps would be pairs without pictures.
      if layout.holdsSplits(at: place) { return nil }
      if let found = layout.folders(at: place) {
        self = found
        return
      }
    }
    return nil
  }

  init(layout: SceneLayout, root: String, images: String, labels: String) {
    self.layout = layout
    self.root = root
    self.images = images
    self.labels = labels
  }
}
