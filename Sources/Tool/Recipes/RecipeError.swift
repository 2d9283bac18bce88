/// A recipe with values that contradict each other, or that does not exist.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Both `epochs` and `iterations` are given.
  case twoLengths(at: String)
  /// Both `held_out` and `held_out_fraction` are given.
  case twoHeldOutSets(at: String)
  /// A share of each class is to be held out, or of each set of scenes, but none of them has two images.
  case nothingHeldOut(fraction: Double, of: [String], areScenes: Bool)
  /// `train` is an empty list.
  case noTrainingSet(at: String)
  /// The images that are trained on have one class alone.
  case oneClass(String, of: [String])
  /// A set stands twice among those that are trained on, those that are held out, or the others.
  case repeatedSet(String, at: String)
  /// Both `styles.folder` and `styles.stylised` are given.
  case twoStyles(at: String)
  /// A text that does not rename classes.
  case noClassNames(String)
  /// `overlap` is given without `tile`.
  case overlapWithoutTiles(at: String)
  /// There is neither such a file nor a recipe of this name among those that come with the program.
  case unknownName(String, nearest: String?)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .twoLengths(let place):
      "\(place): train.epochs and train.iterations are both given; keep one of them"
    case .twoHeldOutSets(let place):
      "\(place): data.held_out and data.held_out_fraction are both given; keep one of them"
    case .nothingHeldOut(let fraction, let paths, let areScenes):
      "data.held_out_fraction \(fraction) sets no image of \(paths.joined(separator: ", ")) aside: no "
        + "\(areScenes ? "set" : "class") has two; add images or remove it"
    case .noTrainingSet(let place):
      "\(place): data.train is an empty list; name the synthetic images, a set for each domain"
    case .oneClass(let name, let paths):
      "\(paths.joined(separator: ", ")) has one class alone, '\(name)', from which no classifier learns; name the folder that holds "
        + "one folder per class, or for segmentation one that holds 'images' and 'labels'"
    case .repeatedSet(let path, let place):
      "\(place): \(path) stands twice in data.train, in data.held_out, or in data.unseen and data.real; name each set once"
    case .twoStyles(let place):
      "\(place): data.styles.folder and data.styles.stylised are both given; keep one of them"
    case .noClassNames(let text):
      "expected names such as lorry=truck,bike=bicycle, or a YAML file of them, found '\(text)'"
    case .overlapWithoutTiles(let place):
      "\(place): evaluate.overlap is given without evaluate.tile; set both, or leave both out"
    case .unknownName(let name, let nearest):
      "there is no recipe '\(name)': expected the path of a YAML file, or the name of a recipe that comes with syn2real"
        + (nearest.map { "; did you mean \($0)?" } ?? ", such as photographs")
    }
  }
}
