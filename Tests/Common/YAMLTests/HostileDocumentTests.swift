import Testing
import YAML

@Suite("Hostile documents")
struct HostileDocumentTests {
  @Test(
    "what is not one plain document is refused, with its place",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "t:3: duplicate key 'a'; it is first set on line 1"),
      ("m:\n  k: 1\n  'k': 2\n", "t:3: duplicate key 'm.k'; it is first set on line 2"),
      ("a: 1\n---\nb: 2\n", "t:2: a second document starts here; expected a single one"),
      ("a: *b\n", "t:1: the alias '*b' names no anchor completed before it"),
      ("&a [*a]\n", "t:1: the alias '*a' names no anchor completed before it"),
      (
        "a: !!python/object:os.system x\n",
        "t:1: the tag 'tag:yaml.org,2002:python/object:os.system' is not supported"
      ),
      ("a: !!int '1'\n", "t:1: the tag 'tag:yaml.org,2002:int' is not supported"),
      ("? [a, b]\n: 1\n", "t:1: a key must be a scalar"),
      (
        "a: 1\n b: 2\n",
        "t:2: not valid YAML at column 3: mapping values are not allowed in this context"
      ),
      (
        "a: [1, 2\n",
        "t:2: not valid YAML at column 1: did not find expected ',' or ']' while parsing a flow sequence"
      ),
    ])
  func refused(text: String, message: String) {
    let error = #expect(throws: YAMLError.self) { try YAMLNode(parsing: text, source: "t") }
    #expect(error?.description == message)
  }

  @Test("aliases that would expand to billions of nodes are refused")
  func billionLaughs() {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    expectTooLarge(text, "more than 100000 nodes with its aliases expanded")
  }

  @Test("aliases cannot nest deeper than the limit")
  func deepAliases() {
    var text = "a0: &a0 x\n"
    for level in 1...70 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    expectTooLarge(text, "nested deeper than 64 levels")
  }

  @Test(
    "deep nesting is refused",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "[", count: 70),
    ])
  func deepNesting(text: String) {
    #expect(throws: YAMLError.self) { try YAMLNode(parsing: text, source: "t") }
  }

  @Test("a document beyond the size limits is refused")
  func size() {
    expectTooLarge(String(repeating: "#", count: 4 << 20) + "\n", "larger than 4 MiB")
    expectTooLarge(String(repeating: "- 1\n", count: 100_000), "more than 100000 nodes")
  }

  @Test("a long key over many values costs no more than the document")
  func longKeys() throws {
    let key = String(repeating: "k", count: 1 << 20)
    let values = String(repeating: "1, ", count: 90_000)
    let node = try YAMLNode(parsing: "? \(key)\n: [\(values)]\n", source: "t")
    #expect("\(node[key]?[1]?.path ?? .root)".count < 100)
  }

  @Test("mutilated documents give a tree or an error, never a crash")
  func mutations() {
    let document = Array(
      "a: &x [1, 'two', \"\\u00e9\\n\", {k: ~}]\nb: *x\nc: |\n  text\n? d\n: !!str 1\n...\n".utf8)
    var generator = SplitMix64(state: 7)
    var refused = 0
    for _ in 0..<5_000 {
      var bytes = document
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(index...)
        default: bytes.insert(contentsOf: bytes[..<index], at: index)
        }
        if bytes.isEmpty { break }
      }
      do {
        _ = try YAMLNode(parsing: String(decoding: bytes, as: UTF8.self), source: "t").value
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500)
  }

  private func expectTooLarge(_ text: String, _ limit: String) {
    let error = #expect(throws: YAMLError.self) { try YAMLNode(parsing: text, source: "t") }
    guard case .tooLarge(let reason) = error?.problem else {
      Issue.record("expected a limit to be named, found \(String(describing: error))")
      return
    }
    #expect(reason.contains(limit))
  }
}

/// A small seeded generator, for tests that draw.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
