/// A range's limits in the words that follow "a number": ` between 0 and 1`; empty for the range of all values.
package func describe<Bound: Comparable>(_ range: some RangeExpression<Bound>) -> String {
  switch range {
  case let range as ClosedRange<Bound>:
    " between \(text(range.lowerBound)) and \(text(range.upperBound))"
  case let range as Range<Bound>:
    " at least \(text(range.lowerBound)) and below \(text(range.upperBound))"
  case let range as PartialRangeThrough<Bound>: " up to \(text(range.upperBound))"
  case let range as PartialRangeUpTo<Bound>: " below \(text(range.upperBound))"
  case let range as PartialRangeFrom<Bound>: describe(lowerBound: range.lowerBound)
  default: ""
  }
}

private func describe(lowerBound: some Comparable) -> String {
  switch lowerBound {
  case -Double.infinity as Double, Int.min as Int: ""
  case Double.leastNonzeroMagnitude as Double: " above 0"
  default: " at least \(text(lowerBound))"
  }
}

/// A limit, without a decimal point where the number is whole.
private func text(_ bound: some Comparable) -> String {
  let digits = "\(bound)"
  return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
}

/// Names to choose from: `one of 'attention', 'average'`.
package func alternatives(_ names: [String]) -> String {
  "one of " + names.map { "'\($0)'" }.joined(separator: ", ")
}
