import Datasets
import Foundation
import Messages
import Runs

/// A sweep as it is written to `sweep.json`: its trials, how far each came, and the one that was chosen.
public struct SweepRecord: Sendable, Codable, Equatable {
  /// A value that a trial sets.
  public struct Setting: Sendable, Codable, Equatable {
    /// The key's path in the recipe.
    public let key: String
    /// Its value, as YAML.
    public let value: String

    /// A value.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }

    /// `key=value`.
    public var assignment: String { "\(key)=\(value)" }
  }

  /// A recipe with some values of its own.
  public struct Trial: Sendable, Codable, Equatable {
    /// Its name, which is also that of its run's folder.
    public let name: String
    /// Its values.
    public let settings: [Setting]
    /// The steps after which its rounds end.
    public let ends: [Int]
    /// Which of its averaged weights count, where it averages any: nil for the best on held-out synthetic images.
    public let averageSelection: SelectionRule?
    /// The main figure on held-out synthetic images, in [0, 1], at the end of each round that it has finished.
    public internal(set) var figures: [Double] = []
    /// Why it could not go on.
    public internal(set) var failure: String?

    /// A trial that has not begun.
    public init(
      name: String, settings: [Setting], ends: [Int], averageSelection: SelectionRule? = nil
    ) {
      self.name = name
      self.settings = settings
      self.ends = ends
      self.averageSelection = averageSelection
    }
  }

  /// The recipe that the trials change, every default filled in.
  public let recipe: String
  /// The data sets of the first trial; nil in a record of an earlier version.
  public let data: [DatasetFingerprint]?
  /// Of how many trials one goes on to the next round.
  public let reduction: Int
  /// The trials in their order.
  public internal(set) var trials: [Trial]
  /// The name of the chosen trial; nil before the last round is over.
  public internal(set) var chosen: String?

  /// A sweep that has not begun.
  public init(
    recipe: String, data: [DatasetFingerprint]? = nil, reduction: Int, trials: [Trial]
  ) {
    self.recipe = recipe
    self.data = data
    self.reduction = reduction
    self.trials = trials
  }

  /// Whether another record is of the same sweep, however far it came.
  func isSameSweep(as other: SweepRecord) -> Bool {
    recipe == other.recipe && reduction == other.reduction
      && trials.elementsEqual(other.trials) { own, other in
        own.name == other.name && own.settings == other.settings && own.ends == other.ends
      }
  }

  /// The record as JSON.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }
}
