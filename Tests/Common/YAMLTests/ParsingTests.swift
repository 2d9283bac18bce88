import Foundation
import Testing
import YAML

@Suite("Parsing of documents")
struct ParsingTests {
  @Test("mappings keep their order, and every node knows its place and path")
  func tree() throws {
    let node = try YAMLNode(
      parsing: """
        # a recipe
        seed: 3
        data:
          real:
            - name: 'photographs'
            - {name: "more"}
        """, source: "recipe.yaml")
    #expect(
      node.value == [
        "seed": 3, "data": ["real": [["name": "photographs"], ["name": "more"]]],
      ])
    let name = try #require(node["data"]?["real"]?[1]?["name"])
    #expect("\(name.path)" == "data.real[1].name")
    #expect(name.location == YAMLLocation(source: "recipe.yaml", line: 6, column: 14))
    guard case .mapping(let entries) = node.content else { throw Unexpected() }
    #expect(entries.map(\.key) == ["seed", "data"])
    #expect(entries.map(\.location.line) == [2, 3])
  }

  @Test(
    "plain scalars have the types of YAML 1.2's core schema",
    arguments: [
      ("true", true), ("False", false), ("null", nil), ("~", nil), ("", nil), ("12", 12),
      ("-7", -7), ("+7", 7), ("0o17", 15), ("0xff", 255), ("012", 12), ("1e-4", 1e-4),
      ("1.", 1.0), (".5", 0.5), ("-.5E+1", -5.0), ("6.02e23", 6.02e23),
      (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)),
      ("9223372036854775807", 9_223_372_036_854_775_807),
      ("9223372036854775808", 9_223_372_036_854_775_808.0),
      ("yes", "yes"), ("on", "on"), ("1_000", "1_000"), ("1:30", "1:30"), ("0x", "0x"),
      ("0x-1", "0x-1"), ("1e", "1e"), (".", "."), ("+", "+"), ("e5", "e5"), ("nan", "nan"),
      ("inf", "inf"), ("infinity", "infinity"), ("0x1p3", "0x1p3"), ("tRue", "tRue"),
    ] as [(String, YAMLValue)])
  func coreSchema(text: String, value: YAMLValue) throws {
    #expect(try YAMLNode(parsing: "k: \(text)", source: "t")["k"]?.value == value)
    #expect(YAMLScalar(text: text, style: .plain).value == value)
  }

  @Test(
    "quoted, block and !!str scalars are text",
    arguments: ["'12'", "\"true\"", "!!str 12", "! 12", "|-\n  12"])
  func quoted(text: String) throws {
    let node = try YAMLNode(parsing: "a: \(text)", source: "t")
    #expect(node["a"]?.value == .string(text.contains("true") ? "true" : "12"))
  }

  @Test("not a number is one")
  func notANumber() {
    guard case .double(let number) = YAMLScalar(text: ".nan", style: .plain).value else {
      Issue.record("expected a float")
      return
    }
    #expect(number.isNaN)
  }

  @Test("an empty document is a null", arguments: ["", "# only a comment\n", "---\n"])
  func empty(text: String) throws {
    #expect(try YAMLNode(parsing: text, source: "t").value == nil)
  }

  @Test("an alias has its anchor's value and place, and a path of its own")
  func aliases() throws {
    let node = try YAMLNode(
      parsing: "base: &base\n  rates: [1, 2]\ncopy: *base\n&key name: *key\n", source: "t")
    #expect(
      node.value == ["base": ["rates": [1, 2]], "copy": ["rates": [1, 2]], "name": "name"])
    let rate = try #require(node["copy"]?["rates"]?[1])
    #expect("\(rate.path)" == "copy.rates[1]")
    #expect(rate.location.line == 2)
  }

  @Test("a file is read, and named in errors")
  func file() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).yaml")
    try Data("a: 1\na: 2\n".utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: YAMLError.self) { try YAMLNode(contentsOfFile: url.path) }
    #expect(error?.description == "\(url.path):2: duplicate key 'a'; it is first set on line 1")
  }

  /// What is wrong there is the space: it cannot follow the byte before it.
  @Test("bytes that are no UTF-8 are named with their place, in characters")
  func latin1() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).yaml")
    let text = Data("a: é\r\nb: 2\r\nc: né caf".utf8) + Data([0xE9]) + Data(" d\n".utf8)
    try text.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: YAMLError.self) { try YAMLNode(contentsOfFile: url.path) }
    #expect(
      error?.description
        == "\(url.path):3: not valid YAML at column 11: invalid trailing UTF-8 octet")
  }

  @Test(
    "a file that cannot be read is an error with its reason",
    arguments: [
      ("/no/such.yaml", "no such file"), ("/", "directory"), ("/dev/zero", "not a regular file"),
    ])
  func unreadable(file: String, reason: String) {
    let error = #expect(throws: YAMLError.self) { try YAMLNode(contentsOfFile: file) }
    let description = error?.description ?? ""
    #expect(description.hasPrefix("\(file): cannot be read: "))
    #expect(description.lowercased().contains(reason))
  }
}

struct Unexpected: Error {}

extension YAMLNode {
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  subscript(index: Int) -> YAMLNode? {
    guard case .sequence(let nodes) = content, nodes.indices.contains(index) else { return nil }
    return nodes[index]
  }
}
