/// A place in a backbone whose feature map a loss may use, named as in ResNet (Algorithm.md §2).
public enum Stage: Int, Sendable, CaseIterable, Comparable, CustomStringConvertible {
  case stem = 0
  case layer1 = 1
  case layer2 = 2
  case layer3 = 3
  case layer4 = 4

  /// `layer3`; the name in recipes and metrics.
  public var description: String {
    self == .stem ? "stem" : "layer\(rawValue)"
  }

  /// The pixels of the image from one place of the stage's map to the next, in ResNets and EfficientNet-Lites of output stride 32.
  public var stride: Int { 2 << rawValue }

  /// From shallow to deep.
  public static func < (a: Stage, b: Stage) -> Bool { a.rawValue < b.rawValue }
}
