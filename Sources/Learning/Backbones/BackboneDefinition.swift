import Foundation
import ResourceFolders
import Torch

/// A backbone that recipes can name: everything that must be registered for one.
public struct BackboneDefinition: Sendable {
  /// The name in recipes, in lower case with hyphens.
  public let name: String
  /// Its published ImageNet weights; nil where there are none.
  public let weights: PublishedWeights?

  private let build: @Sendable (_ outputStride: Int) throws -> any Backbone

  /// A backbone.
  /// - Parameter make: makes a network of zeros; its argument is the output stride, the number of pixels from one place of
  ///   the last map to the next: 32, or 8 for segmentation. It throws `BackboneError.noOutputStride` for other strides. A
  ///   network whose maps have the same size whatever the task, such as a transformer, need not look at it.
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
  /// - Throws: `BackboneError.noOutputStride` for another stride.
  public func make(outputStride: Int = 32) throws -> any Backbone {
    guard [8, 32].contains(outputStride) else { throw BackboneError.noOutputStride(outputStride) }
    return try build(outputStride)
  }

  /// The path of the published ImageNet weights on this machine.
  ///
  /// They are looked for in the `ResourceFolders` of `weights`, with the variable `SYN2REAL_WEIGHTS`; the last folder is
  /// the one where torchvision keeps its downloads.
  /// - Throws: `BackboneError.weightsNotFound` naming the file and the folders, `.noPublishedWeights` where there are none.
  public func publishedWeights() throws(BackboneError) -> String {
    guard let weights else { throw .noPublishedWeights(backbone: name) }
    let file = weights.file
    let torch =
      ProcessInfo.processInfo.environment["TORCH_HOME"] ?? NSHomeDirectory() + "/.cache/torch"
    let folders = ResourceFolders(
      "weights", variable: "SYN2REAL_WEIGHTS", packages: weights.packageFolder.map { [$0] } ?? [],
      others: [torch + "/hub/checkpoints"])
    guard let folder = folders.first(holding: file) else {
      throw .weightsNotFound(backbone: name, weights, searched: folders.paths)
    }
    return "\(folder)/\(file)"
  }
}

/// Definitions are compared by name: a name stands for one network.
extension BackboneDefinition: Hashable, CustomStringConvertible {
  /// Whether both have the same name.
  public static func == (a: BackboneDefinition, b: BackboneDefinition) -> Bool {
    a.name == b.name
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The name.
  public var description: String { name }
}

/// A published file of weights.
public struct PublishedWeights: Sendable, Equatable {
  /// The file's name.
  public let file: String
  /// Who publishes it.
  public let source: String
  /// Where it can be fetched; nil where no address is known.
  public let address: String?
  /// Where the Python package that publishes it holds it, from the package's folder on; nil where none does.
  public let packageFolder: String?

  /// A file, who publishes it, and where it can be fetched or lies.
  public init(
    _ file: String, from source: String, at address: String? = nil, packageFolder: String? = nil
  ) {
    self.file = file
    self.source = source
    self.address = address
    self.packageFolder = packageFolder
  }
}
