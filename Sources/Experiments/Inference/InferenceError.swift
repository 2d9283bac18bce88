/// Something that is asked of a network and that it cannot do.
public enum InferenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A segmenter is asked to reject images, or to tell known from unknown ones.
  case notAClassifier
  /// A checkpoint whose backbone differs from its first weights in more than adapters.
  case trainedThroughout(path: String, key: String)
  /// A file of changes whose first weights are others now.
  case otherFirstWeights(path: String, weights: String)
  /// A backbone that was not published with a projection to the embeddings of texts.
  case noTextProjection(backbone: String)
  /// A file that does not hold the embeddings of names.
  case notEmbeddings(path: String, problem: String)
  /// A network that started from no file.
  case randomFirstWeights(path: String)
  /// A class that the means are to leave out, and that the network does not distinguish.
  case unknownClass(name: String, classes: [String])
  /// Means that are to leave out every class.
  case meansOfNothing
  /// A process that would not judge the same as the first.
  case otherRank(Int, part: String, found: String, expected: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notAClassifier:
      "the checkpoint is a segmenter, which judges pixels: expected a classifier to reject images or to compare them with "
        + "unknown ones; ask for neither"
    case .trainedThroughout(let path, let key):
      "\(path) differs from its first weights in more than adapters and head: '\(key)' was trained or averaged; export the whole "
        + "network"
    case .otherFirstWeights(let path, let weights):
      "\(path) holds changes of other weights than those in \(weights); put the weights back that its network started from"
    case .noTextProjection(let backbone):
      "'\(backbone)' was not trained to compare images with texts: expected one of CLIP's networks, such as clip-vit-base-16"
    case .notEmbeddings(let path, let problem):
      "\(path) does not hold the embeddings of names: \(problem)"
    case .randomFirstWeights(let path):
      "the network of \(path) started from random weights, of which there is no file that changes could belong to; export the "
        + "whole network"
    case .unknownClass(let name, let classes):
      "the means are to leave out '\(name)', which is no class of the network; expected some of "
        + classes.joined(separator: ", ")
    case .meansOfNothing:
      "the means are to leave out every class; keep at least one"
    case .otherRank(let rank, let part, let found, let expected):
      "rank \(rank) would not judge the same as rank 0: its \(part) is \(found), that of rank 0 \(expected); "
        + "start all processes with the same arguments, files and program"
    }
  }
}
