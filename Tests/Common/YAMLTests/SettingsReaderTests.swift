import Settings
import Testing
import YAML

/// A mapping gives settings by their kinds.
@Suite struct SettingsReaderTests {
  private static let text = """
    on: true
    count: 3
    rate: 1
    label: abc
    norm: absolute
    places: [1, 4]
    nothing: null
    """

  private func value(_ key: String, _ kind: SettingKind) throws -> SettingValue? {
    var mapping = try YAMLMapping(YAMLNode(parsing: Self.text, source: "r.yaml"))
    return try mapping.value(key, as: kind)
  }

  @Test func everyKindHasItsValue() throws {
    #expect(try value("on", .boolean) == true)
    #expect(try value("count", .integer(in: 1...3)) == 3)
    #expect(try value("rate", .number(in: 0...)) == 1.0)
    #expect(try value("label", .text) == "abc")
    #expect(try value("norm", .choice(["euclidean", "absolute"])) == "absolute")
    #expect(try value("places", .sequence(of: .integer(in: 0...4))) == [1, 4])
    #expect(try value("nothing", .boolean) == nil)
    #expect(try value("absent", .text) == nil)
  }

  @Test(arguments: [
    ("on", SettingKind.text, "r.yaml:1: 'on': expected text"),
    ("count", .integer(in: 4...), "r.yaml:2: 'count': expected an integer at least 4, found the"),
    ("rate", .number(in: 2...), "r.yaml:3: 'rate': expected a number at least 2, found the"),
    ("norm", .choice(["absolut"]), "did you mean 'absolut'?"),
    ("places", .sequence(of: .integer(in: 0...3)), "'places[1]': expected an integer between 0"),
  ])
  func anotherValueIsRefusedWithItsPlace(key: String, kind: SettingKind, said: String) {
    let error = #expect(throws: YAMLError.self) { try value(key, kind) }
    #expect(error?.description.contains(said) == true)
  }

  @Test func whatIsAskedForByKindIsKnown() throws {
    var mapping = try YAMLMapping(YAMLNode(parsing: "count: 3\ncuont: 4", source: "r.yaml"))
    _ = try mapping.value("count", as: .integer(in: 0...))
    let error = #expect(throws: YAMLError.self) { try mapping.finish() }
    #expect(error?.description.contains("did you mean 'count'?") == true)
  }
}
