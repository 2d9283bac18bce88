/// Decides from the load of others whether the cores are contended.
package struct ContentionRule {
  /// The time that others used so far, and when, in seconds.
  private var last: (others: Double, moment: Double)?
  /// When others last used enough to be in the way.
  private var lastContention = -Double.infinity

  /// Others are in the way when they use more than the free cores and this share of another one.
  private static let threshold = 0.15
  /// Cores are free again when nobody was in the way for this time, in seconds.
  private static let patience = 2.0

  package init() {}

  /// Whether others are in the way.
  /// - Parameters:
  ///   - others: the processor time that others have used so far.
  ///   - freeCores: the number of cores that this process does not use.
  ///   - moment: the time of the measurement.
  package mutating func isContended(others: Double, at moment: Double, freeCores: Int = 0) -> Bool {
    if let last, moment > last.moment,
      (others - last.others) / (moment - last.moment) > Double(freeCores) + Self.threshold
    {
      lastContention = moment
    }
    last = (others, moment)
    return moment - lastContention < Self.patience
  }
}
