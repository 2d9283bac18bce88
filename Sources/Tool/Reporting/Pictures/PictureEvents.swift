import Analysis
import Files
import Imaging
import TensorBoardEvents

/// What a system said of pictures and where it looked, for TensorBoard.
struct PictureEvents {
  /// How many pictures of each data set are written: TensorBoard shows them one below the other.
  static let limit = 16

  private let pictures: PictureSets
  private let system: Int
  private let name: String

  /// What the system at an index of the sets said.
  init(of pictures: PictureSets, system: Int, named name: String) {
    self.pictures = pictures
    self.system = system
    self.name = name
  }

  /// How the names of these files end.
  private static let ending = ".pictures"

  /// Writes an event file into a folder in place of the one that was written before; nothing where there are no pictures.
  /// - Throws: `EventFileError`, `FileError` and `ImageError`.
  func write(into folder: String, after iteration: Int) throws {
    guard !pictures.sets.isEmpty || !pictures.scenes.isEmpty else { return }
    // A run does not fail for want of a font.
    let panels = PictureSheet(font: try? PictureSheet.font())
    let former = try FileSystem.current.names(in: folder).filter {
      $0.hasPrefix(EventFileWriter.prefix) && $0.hasSuffix(Self.ending)
    }
    let writer = try EventFileWriter(folder: folder, ending: Self.ending)
    func write(_ sheet: Image, _ dataset: String, _ number: Int) throws {
      // In the order of the report, which TensorBoard sorts by name.
      let place = (number < 9 ? "0" : "") + String(number + 1)
      writer.writeImage(
        tag: "\(dataset)/pictures/\(place)", png: try sheet.encodedPNG(), width: sheet.width,
        height: sheet.height, step: iteration)
    }
    for set in pictures.sets {
      let judged = set.pictures.filter { $0.verdicts[system] != nil }.prefix(Self.limit)
      for (number, picture) in judged.enumerated() {
        try write(sheet(of: picture, AttentionSheet(panels)), set.dataset, number)
      }
    }
    for set in pictures.scenes {
      let judged = set.scenes.filter { $0.verdicts[system] != nil }.prefix(Self.limit)
      for (number, scene) in judged.enumerated() {
        try write(panels.sheet([row(of: scene)]), set.dataset, number)
      }
    }
    try writer.close()
    for name in former { try FileSystem.current.remove("\(folder)/\(name)") }
  }

  /// The picture with the system's maps over it, and below them those of the teacher.
  private func sheet(of picture: PictureSet.Picture, _ sheets: AttentionSheet) throws -> Image {
    let image = try Image.decodeRGB(picture.thumbnail, name: picture.name)
    let verdict = picture.verdicts[system]
    var rows = [AttentionSheet.Row(name: name, maps: verdict?.attention ?? [])]
    if !picture.teacherAttention.isEmpty {
      rows.append(.init(name: "ImageNet", maps: picture.teacherAttention))
    }
    return try sheets.sheet(of: image, titled: verdict.map { title(of: picture, $0) } ?? "", rows)
  }

  private func title(of picture: PictureSet.Picture, _ verdict: PictureSet.Verdict) -> String {
    let share = FigureText.percent(verdict.probability)
    return verdict.isRight
      ? "\(verdict.className) \(share)" : "\(picture.className), not \(verdict.className) \(share)"
  }

  /// The scene, its true classes, those that the system found, and where these are wrong.
  private func row(of scene: SceneSet.Scene) throws -> [(title: String, image: Image)?] {
    guard let verdict = scene.verdicts[system] else { return [] }
    let panels = [
      ("picture", scene.picture), ("true classes", scene.truth),
      ("\(name): mean IoU \(FigureText.percent(verdict.meanIoU))", verdict.classes),
      ("wrong in red", verdict.errors),
    ]
    return try panels.map {
      (title: $0.0, image: try Image.decodeRGB($0.1, name: scene.name))
    }
  }
}
