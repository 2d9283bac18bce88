/// What a controller knows of all its decisions.
struct RateRecord {
  /// Their number.
  var decisions = 0
  /// The number of times that the policy has learnt.
  var updates = 0
  /// The moving average of the rewards.
  var usualReward = 0.0
  /// The figure at the last decision.
  var figure = 0.0
  /// The norms of the layers' weights at the last decision.
  var norms: [Double] = []
}
