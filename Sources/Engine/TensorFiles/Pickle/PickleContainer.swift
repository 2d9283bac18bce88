/// A list, tuple, set or dictionary that a pickle built.
struct PickleContainer {
  enum Kind {
    case list, tuple, set, dictionary
  }

  let kind: Kind

  /// The elements; for a dictionary these are key, value, key, value and so on.
  var items: [PickleValue]
}
