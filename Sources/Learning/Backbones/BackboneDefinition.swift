import Foundation
import ResourceFolders
import Torch

/// A backbone that recipes can name: all that is to be registered of one.
public struct BackboneDefinition: Sendable {
  /// The name in recipes, in lower case with hyphens.
  public let name: String
  /// Its published ImageNet weights; nil where there are none.
  public let weights: PublishedWeights?

  private let build: @Sendable (_ outputStride: Int) throws -> any Backbone

  /// A backbone.
  /// - Parameter make: makes a network of zeros whose last map has one place for so many pixels: 32, or 8 for
  ///   segmentation. It throws `BackboneError.noOutputStride` where it has no such form.
  public init(
    _ name: String, weights: PublishedWeights? = nil,
    make: @escaping @Sendable (_ outputStride: Int) throws -> any Backbone
  ) {
    self.name = name
    self.weights = weights
    build = make
  }

  /// A network of zeros; initialise it or load weights.
  /// - Parameter outputStride: the pixels from one place of the last map to the next: 32, or 8 for segmentation.
  /// - Throws: `BackboneError.noOutputStride` for another.
  public func make(outputStride: Int = 32) throws -> any Backbone {
    guard [8, 32].contains(outputStride) else { throw BackboneError.noOutputStride(outputStride) }
    return try build(outputStride)
  }

  /// The published ImageNet weights on this machine.
  ///
  /// Looked for in the `ResourceFolders` of `weights`, by the variable `SYN2REAL_WEIGHTS`; the last of them is where
  /// torchvision keeps downloads.
  /// - Throws: `BackboneError.weightsNotFound` naming the file and the folders, `.noPublishedWeights` where there are none.
  public func publishedWeights() throws(BackboneError) -> String {
    guard let file = weights?.file else { throw .noPublishedWeights(backbone: name) }
    let torch =
      ProcessInfo.processInfo.environment["TORCH_HOME"] ?? NSHomeDirectory() + "/.cache/torch"
    let folders = ResourceFolders(
      "weights", variable: "SYN2REAL_WEIGHTS", others: [torch + "/hub/checkpoints"])
    guard let folder = folders.first(holding: file) else {
      throw .weightsNotFound(backbone: name, file: file, searched: folders.paths)
    }
    return "\(folder)/\(file)"
  }
}

/// A name stands for one network.
extension BackboneDefinition: Hashable, CustomStringConvertible {
  /// Whether both have the same name.
  public static func == (a: BackboneDefinition, b: BackboneDefinition) -> Bool {
    a.name == b.name
  }

  /// By the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The name.
  public var description: String { name }
}

/// A file of weights that somebody publishes.
public struct PublishedWeights: Sendable, Equatable {
  /// The file's name.
  public let file: String
  /// Who publishes it.
  public let source: String

  /// A file and who publishes it.
  public init(_ file: String, from source: String) {
    self.file = file
    self.source = source
  }
}
