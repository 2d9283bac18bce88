import Torch

/// What is done to the N×C×H×W map of a stage before the next stage sees it; the result has the same shape.
public typealias MapChange = (_ map: Tensor, _ stage: Stage) throws -> Tensor

/// A backbone whose stages hand over maps, so that training can change them on their way.
public protocol MapChanging: Backbone {
  /// What is done to the map of every stage; nil for nothing, as in every evaluation.
  var mapChange: MapChange? { get set }
}

extension MapChanging {
  /// The map of a stage as the next stage sees it.
  public func changed(_ map: Tensor, after stage: Stage) throws -> Tensor {
    try mapChange?(map, stage) ?? map
  }
}

extension Backbone {
  /// Runs passes of this network in which `change` is done to the map of every stage.
  /// - Throws: `BackboneError.noMapsToChange` for a network whose stages hand over no maps, such as a transformer.
  public func changingMaps<Result>(
    by change: @escaping MapChange, _ passes: () throws -> Result
  ) throws -> Result {
    let network = try requireMaps()
    let before = network.mapChange
    network.mapChange = change
    defer { network.mapChange = before }
    return try passes()
  }

  /// This network, if its maps can be changed.
  /// - Throws: `BackboneError.noMapsToChange`.
  @discardableResult
  public func requireMaps() throws(BackboneError) -> any MapChanging {
    guard let network = self as? any MapChanging else { throw .noMapsToChange }
    return network
  }
}
