import Foundation

/// What the logits of one image say of its class: pure functions of z, one value for each class.
///
/// The temperature T > 0 comes from a calibration (``Temperature``); 1 is the softmax that the network was trained with.
public enum ClassProbabilities {
  /// softmax(z / T): the probability of each class, in [0, 1] with sum 1.
  public static func softmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
    guard let largest = logits.max() else { return [] }
    let shares = logits.map { exp(($0 - largest) / temperature) }
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
  }

  /// The class with the largest probability, the first of several, and that probability: the maximum softmax score
  /// (Hendrycks and Gimpel 2017). It is low for images of none of the classes. Nil where there is no class.
  public static func best(
    _ logits: [Double], temperature: Double = 1
  ) -> (label: Int, probability: Double)? {
    let probabilities = softmax(logits, temperature: temperature)
    guard let label = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] })
    else { return nil }
    let first = probabilities.firstIndex(of: probabilities[label]) ?? label
    return (first, probabilities[first])
  }

  /// The energy score E = −T · log Σ exp(z / T) (Liu et al. 2020, equation 4): high for images of none of the classes.
  public static func energy(_ logits: [Double], temperature: Double = 1) -> Double {
    guard let largest = logits.max() else { return 0 }
    let sum = logits.reduce(0) { $0 + exp(($1 - largest) / temperature) }
    return -(largest + temperature * log(sum))
  }
}
