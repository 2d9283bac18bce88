/// The known name that a misspelt one was most likely meant to be.
///
/// Names are compared without regard to case, by the number of characters inserted, deleted, replaced or
/// swapped with their neighbour. Of two equally near names, the one listed first is returned.
///
/// - Returns: `nil` where every known name differs in more than a third of its characters.
public func nearestName(to name: String, among knownNames: some Sequence<String>) -> String? {
  let misspelt = Array(name.lowercased())
  var nearest: (name: String, distance: Int)?
  for candidate in knownNames {
    let characters = Array(candidate.lowercased())
    let limit = max(1, max(misspelt.count, characters.count) / 3)
    guard abs(misspelt.count - characters.count) <= limit else { continue }
    let distance = editDistance(misspelt, characters)
    guard distance <= limit, distance < characters.count else { continue }
    if distance < nearest?.distance ?? Int.max { nearest = (candidate, distance) }
  }
  return nearest?.name
}

/// The optimal string alignment distance.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var beforePrevious = [Int]()
  var previous = Array(0...second.count)
  for (row, left) in first.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(second.count + 1)
    for (column, right) in second.enumerated() {
      let replaced = previous[column] + (left == right ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left == second[column - 1], right == first[row - 1] {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[second.count]
}
