/// Why a data set cannot be used.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing is at the path.
  case notFound(path: String)
  /// Nothing is at either of the places where it was looked for.
  case notFoundAtEither(path: String, other: String)
  /// A folder or list cannot be read; the reason is the system's.
  case unreadable(path: String, reason: String)
  /// The name of a folder or picture is not UTF-8.
  case undecodableName(folder: String, name: String)
  /// A line of a list is not UTF-8.
  case undecodableLine(path: String, line: Int)
  /// Two folders have the same name in different Unicode forms.
  case twins(folder: String, first: String, second: String)
  /// No image of a list has some of the labels below `count`.
  case labelGap(path: String, first: Int, missing: Int, count: Int)
  /// No pixel of a set belongs to a class.
  case nothingLabelled(path: String)
  /// No view can be made of an image.
  case unusable(image: String, reason: String)
  /// A folder, a list or an archive holds nothing of what is needed, whatever else it holds.
  case empty(path: String, expected: String)
  /// A folder holds pictures, but no class folders.
  case unlabelled(path: String, images: Int)
  /// A class folder, or the folder of classes, holds pictures only in formats that are not read.
  case otherFormats(path: String, counts: String, advice: String)
  /// A class folder holds no pictures, but folders of pictures.
  case nestedClasses(path: String, folder: String, inner: [String])
  /// Several images or label maps have no partner.
  case unpaired(first: String, count: Int)
  /// A label map has no image.
  case noImageOfLabels(labels: String, folder: String)
  /// A list file cannot be read as text.
  case unreadableList(path: String, reason: String)
  /// A line of a list file is not `path label`.
  case badLine(path: String, line: Int, text: String)
  /// A sample in memory is not an RGB image, or belongs to no class.
  case notAnImageOfAClass(path: String, index: Int, channels: Int, label: Int, classes: Int)
  /// Two sets that must have the same classes do not.
  case otherClasses(path: String, expected: [String], found: [String])
  /// A class is renamed to one that the network does not have.
  case unknownClass(name: String, as: String, classes: [String])
  /// Nothing at the path is laid out as images with label maps.
  case noScenes(path: String)
  /// Folders of images, label maps and instances do not say what their classes are.
  case noClassTable(path: String)
  /// A tar archive cannot be used; the problem is a sentence whose subject it is.
  case badArchive(path: String, problem: String)
  /// A sample of a shard cannot be used, or a picture not be packed; the problem is a sentence whose subject it is.
  case badSample(_ name: String, problem: String)
  /// A range in the path of shards cannot be counted.
  case badShardPattern(path: String, range: String, limit: Int)
  /// One of the `count` shards that a pattern stands for is not there.
  case missingShard(path: String, pattern: String, count: Int)
  /// There are shards of the same name already.
  case shardsExist(path: String)
  /// Shards would lie beside a table of classes that is not theirs; the path is that of the table or the shards that are there.
  case otherClassTable(path: String)
  /// A folder does not hold several domains; `found` are the names of those that it holds.
  case noDomains(path: String, found: [String])
  /// A list names an image that is not there.
  case noImage(path: String, list: String)
  /// An image has no label map.
  case noLabels(image: String, expected: [String])
  /// A folder of stylised images has no version of a training image.
  case noStylised(image: String, expected: String)
  /// An image and its label map have different sizes, given as width and height.
  case differentSizes(image: String, imageSize: [Int], labels: String, labelSize: [Int])
  /// A label map holds a value that its class table does not name.
  case unknownLabel(path: String, value: Int, x: Int, y: Int)
  /// A label map holds a colour that its class table does not name.
  case unknownColor(path: String, color: [UInt8], x: Int, y: Int)
  /// A class table contradicts itself.
  case badClassTable(path: String, problem: String)
  /// There are fewer samples than a batch needs.
  case tooSmall(path: String, samples: Int, batchSize: Int)

  /// What is wrong, where, what was expected and found, and what to do.
  public var description: String {
    switch self {
    case .notFound(let path):
      "no data at \(path); expected a folder with one folder of images per class, a folder with an "
        + "image_list.txt, a list file of 'path label' lines, or tar shards such as NAME-{000000..000127}.tar"
    case .notFoundAtEither(let path, let other):
      "no data at \(path), seen from the working folder, nor at \(other), seen from the recipe that names them; expected a "
        + "folder, a list file or tar shards"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason); make it readable, or name another"
    case .undecodableName(let folder, let name):
      "\(folder) holds '\(name)', a name that is not UTF-8 text; rename it"
    case .undecodableLine(let path, let line):
      "\(path):\(line): expected UTF-8 text, found other bytes; save the list as UTF-8"
    case .twins(let folder, let first, let second):
      "\(folder) holds two folders of one name in different Unicode forms, \(Self.spelled(first)) and "
        + "\(Self.spelled(second)); rename one of them, or put their images together"
    case .labelGap(let path, let first, let missing, let count):
      "\(path): no image has the label \(first)\(missing > 1 ? " or \(missing - 1) more" : "") of the labels 0 to "
        + "\(count - 1); number the classes from 0 on without gaps"
    case .nothingLabelled(let path):
      "no pixel of \(path) is of a class: its label maps hold only ignored values; check them and the class table"
    case .unusable(let image, let reason):
      "\(image): \(reason); leave the image out"
    case .empty(let path, let expected):
      "\(path) holds nothing that can be used; expected \(expected)"
    case .unlabelled(let path, let images):
      "\(path) holds \(images) pictures but no class folders, so nobody says what is on them and nothing can be learned "
        + "or judged; put the pictures of each class into a folder of its own"
    case .otherFormats(let path, let counts, let advice):
      "\(path) holds pictures only in formats that are not read: \(counts); \(advice)"
    case .nestedClasses(let path, let folder, let inner):
      "\(path)/\(folder) holds no pictures, but folders of them (\(Self.list(inner))); name \(path)/\(folder) as the data, "
        + "or move these folders up beside the others"
    case .unpaired(let first, let count):
      "\(first); there are \(count) such images"
    case .noImageOfLabels(let labels, let folder):
      "\(labels) has no image: expected one of the same name in \(folder)"
    case .unreadableList(let path, let reason):
      "\(path): the list of images cannot be read: \(reason); expected a text file in UTF-8 with an image on each line"
    case .badLine(let path, let line, let text):
      "\(path):\(line): expected 'path label' with a label from 0 on, found '\(text)'"
    case .notAnImageOfAClass(let path, let index, let channels, let label, let classes):
      "\(path): image \(index) has \(channels) channels and the label \(label); expected 3 channels and a label from 0 to "
        + "\(classes - 1)"
    case .otherClasses(let path, let expected, let found):
      // Names that look the same are spelled out, scalar by scalar.
      "\(path) has other classes than the training data: expected "
        + [expected, found].map { names in
          Self.list(Set(expected) == Set(found) ? names.map(Self.spelled) : names)
        }.joined(separator: ", found ")
        + "; give them the same names, or say with data.classes what those of real and unseen sets are called"
    case .unknownClass(let name, let new, let classes):
      "the class '\(name)' is to be judged as '\(new)', which is not a class of the training data: \(Self.list(classes))"
    case .noScenes(let path):
      "no images with label maps at \(path); expected a folder with the folders images and labels, a list of image "
        + "names beside them, a split of Cityscapes such as leftImg8bit/val, the folder of SYNTHIA (RGB, GT/LABELS) or UrbanSyn "
        + "(rgb, ss), a split of BDD100K such as images/10k/val, or one of Mapillary Vistas such as validation (images, "
        + "v1.2/labels)"
    case .noClassTable(let path):
      "the classes of \(path) are not known: it has folders images, labels and instances like a split of Mapillary Vistas, "
        + "whose images have names of 22 letters, digits, - and _, and here they have others; write its classes to "
        + "\(path)/classes.yaml"
    case .badArchive(let path, let problem): "\(path) \(problem)"
    case .badSample(let name, let problem): "\(name) \(problem)"
    case .badShardPattern(let path, let range, let limit):
      "\(path): the range \(range) counts down, or stands for more than \(limit) archives; expected one such as "
        + "{000000..000127}"
    case .missingShard(let path, let pattern, let count):
      "\(path) is not there, one of the \(count) shards that \(pattern) stands for; put it there, or name a range without it"
    case .shardsExist(let path):
      "\(path) is there already; remove the shards of this name first, or choose another folder or name"
    case .otherClassTable(let path):
      "\(path) is there already and has other classes than this set; choose another folder"
    case .noDomains(let path, let found):
      "\(path) holds \(found.isEmpty ? "no domains" : "only the domain '\(found[0])'"); expected two or more of them: a folder "
        + "for each with one folder of images per class, or with the folders train and test, or lists such as NAME_train.txt "
        + "and NAME_test.txt"
    case .noImage(let path, let list):
      "\(list) names an image that is not there: expected \(path)"
    case .noLabels(let image, let expected):
      "\(image) has no label map; expected \(expected.joined(separator: " or "))"
    case .noStylised(let image, let expected):
      "\(image) has no stylised version; expected \(expected) or such a file of another style, since each style's "
        + "folder is laid out as the training images are"
    case .differentSizes(let image, let imageSize, let labels, let labelSize):
      "\(image) has \(imageSize[0]) × \(imageSize[1]) pixels, but its label map \(labels) has \(labelSize[0]) × "
        + "\(labelSize[1]); mend the pair, or leave such pairs out with data.on_error=skip"
    case .unknownLabel(let path, let value, let x, let y):
      "\(path) holds the value \(value) at column \(x), row \(y), which the class table does not name; add it to a "
        + "class's values or to ignore"
    case .unknownColor(let path, let color, let x, let y):
      "\(path) holds the colour \(color) at column \(x), row \(y), which the class table does not name; give it to a class, "
        + "or add it to ignore_colors"
    case .badClassTable(let path, let problem):
      "\(path): \(problem)"
    case .tooSmall(let path, let samples, let batchSize):
      "\(path) has \(samples) images, fewer than one batch of \(batchSize); lower train.batch_size"
    }
  }

  /// A name with its non-ASCII characters spelled out as scalars, so that names that look the same can be distinguished.
  private static func spelled(_ name: String) -> String {
    "'" + name.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "'"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}
