import Generalization
import Torch

/// How the scatter picture lays features out in the plane.
public enum PlaneLayout: String, Sendable, CaseIterable {
  /// t-SNE, which keeps neighbours together.
  case tsne
  /// The first two principal components, which preserve distances as well as two directions can.
  case pca

  /// The places of N×D features scaled to norm 1.
  func points(of features: Tensor) throws(TorchError) -> [PlanePoint] {
    switch self {
    case .tsne: return try NeighborEmbedding(of: features).points
    case .pca:
      let components = try PrincipalComponents(of: features, count: 2, isUnit: true)
      return try PlanePoint.rows(of: components.coordinates(of: features))
    }
  }
}
