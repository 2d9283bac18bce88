import CheckoutSupport
import Foundation

/// What `Package.swift` says about the targets, as far as the checks need it; read as text, since asking SwiftPM is slow.
struct Manifest {
  /// A target.
  struct Target {
    let kind: String
    let name: String
    let dependencies: [String]
    /// Its folder, where the manifest gives one by name.
    let path: String?
  }

  let targets: [Target]
  /// The names of the targets by their wing, a folder of `Sources`.
  let wings: [String: [String]]

  init(_ text: String) {
    // Without comments, but with its literals.
    let text = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.prefix(upTo: $0.firstRange(of: "//")?.lowerBound ?? $0.endIndex) }
      .joined(separator: "\n")
    targets = text.matches(
      of: #/\.(target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"([^"]+)"/#
    ).compactMap { match in
      let name = String(match.2)
      // Names of targets within lists of dependencies look alike, and have nothing behind the name.
      let rest = Self.bracketed(text[match.range.lowerBound...])
      return Target(
        kind: String(match.1), name: name,
        dependencies: rest.firstMatch(of: #/dependencies:\s*(?=\[)/#)
          .map { Self.names(in: Self.bracketed(rest[$0.range.upperBound...])) } ?? [],
        path: rest.firstMatch(of: #/[\s(]path:\s*"([^"]+)"/#).map { String($0.1) })
    }
    let list =
      text.firstMatch(of: #/let wings[^=]*=\s*(?=\[)/#)
      .map { Self.bracketed(text[$0.range.upperBound...]) } ?? ""
    wings = list.dropFirst().matches(of: #/"([^"]+)":\s*(?=\[)/#).reduce(into: [:]) {
      wings, match in
      wings[String(match.1)] = Self.names(in: Self.bracketed(list[match.range.upperBound...]))
    }
  }

  static func load() throws -> Manifest {
    Manifest(
      try String(
        contentsOf: Checkout.root.appendingPathComponent("Package.swift"), encoding: .utf8))
  }

  /// The folder of a target's files.
  func folder(of target: Target) -> String {
    if let path = target.path { return path }
    if let wing = wing(of: target.name) { return "Sources/\(wing)/\(target.name)" }
    guard target.kind == "testTarget" else { return "Sources/" + target.name }
    let tested = String(target.name.dropLast("Tests".count))
    return "Tests/" + (wing(of: tested).map { $0 + "/" } ?? "") + target.name
  }

  func wing(of name: String) -> String? { wings.first { $0.value.contains(name) }?.key }

  /// The text up to the bracket that closes its first one.
  private static func bracketed(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      if "([".contains(text[index]) { depth += 1 }
      if ")]".contains(text[index]) {
        depth -= 1
        if depth == 0 { return text[...index] }
      }
    }
    return text
  }

  private static func names(in list: Substring) -> [String] {
    list.matches(of: #/"([^"]+)"/#).map { String($0.1) }
  }
}
