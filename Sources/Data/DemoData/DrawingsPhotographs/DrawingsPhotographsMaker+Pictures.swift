import Imaging

extension DrawingsPhotographsMaker {
  /// Cuts out the pictures of all classes, on all cores.
  func write(
    _ classes: [SelectedClass], to folder: PartialFolder
  ) throws {
    var work = [(picture: SourcePicture, path: String)]()
    for (path, pictures) in classes.flatMap(\.folders) {
      try folder.makeFolder(path)
      work += pictures.map { ($0, folder.path("\(path)/\($0.name).png")) }
    }
    try folder.writeInParallel(work) { item in try write(item.picture, to: item.path) }
  }

  private func write(
    _ picture: SourcePicture, to path: String
  ) throws(DrawingsPhotographs.MakingError) {
    do throws(ImageError) {
      let color = background.samples(for: picture.name)
      let cutOut = try Image.decodeRGBA(path: picture.path).cutOut(on: color, size: size)
      if let cutOut { return try cutOut.writePNG(to: path) }
    } catch {
      throw .picture(error)
    }
    throw .transparent(path: picture.path)
  }
}
