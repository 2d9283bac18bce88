import ArgumentParsing
import Backbones
import Messages

extension Stage {
  /// The stages of an option that takes lists of names, each once.
  static func parsed(_ lists: [String]) throws -> [Stage] {
    try lists.flatMap(\.commaSeparated).reduce(into: []) { stages, name in
      guard let stage = allCases.first(where: { $0.description == name }) else {
        let known = allCases.map(\.description)
        let nearest = nearestName(to: name, among: known).map { "; did you mean \($0)?" } ?? "."
        throw ValidationError(
          "--stage takes names of \(known.joined(separator: ", ")), not '\(name)'\(nearest)")
      }
      if !stages.contains(stage) { stages.append(stage) }
    }
  }
}
