/// The values that a pickle works on, and the marks that say where a sequence of items begins.
struct PickleStack {
  private var values: [PickleValue] = []
  private var marks: [Int] = []

  /// Values that may be taken: those above the last mark.
  private var available: Int { values.count - (marks.last ?? 0) }

  /// The last value, or nil if there is none above the last mark.
  var top: PickleValue? { available > 0 ? values.last : nil }

  mutating func push(_ value: PickleValue) { values.append(value) }

  mutating func mark() { marks.append(values.count) }

  mutating func pop() -> PickleValue? { available > 0 ? values.popLast() : nil }

  /// The last `count` values in the order in which they were added, or nil if there are fewer.
  mutating func pop(_ count: Int) -> [PickleValue]? {
    guard available >= count else { return nil }
    defer { values.removeLast(count) }
    return Array(values.suffix(count))
  }

  /// Removes and returns the values above the last mark, and removes the mark; nil if there is no mark.
  mutating func popToMark() -> [PickleValue]? {
    guard let mark = marks.popLast() else { return nil }
    defer { values.removeSubrange(mark...) }
    return Array(values[mark...])
  }
}
