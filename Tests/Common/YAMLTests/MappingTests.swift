import Testing
import YAML

private enum Pooling: String, CaseIterable { case attention, average }

@Suite("Typed reading of mappings")
struct MappingTests {
  private func mapping(_ text: String) throws -> YAMLMapping {
    try YAMLMapping(YAMLNode(parsing: text, source: "recipe.yaml"))
  }

  private func message(_ text: String, _ read: (inout YAMLMapping) throws -> Void) throws -> String?
  {
    var mapping = try mapping(text)
    return #expect(throws: YAMLError.self) { try read(&mapping) }?.description
  }

  @Test("values are read as their types")
  func values() throws {
    var recipe = try mapping(
      """
      name: csg
      seed: 3
      lr: 1e-4
      momentum: 1
      nesterov: true
      pooling: average
      stages: [layer3, layer4]
      seeds: [0, 1]
      rates: [1, 0.5]
      data: {train: drawings}
      real: [{path: a}, {path: b}]
      """)
    #expect(try recipe.string("name") == "csg")
    #expect(try recipe.int("seed", in: 0...) == 3)
    #expect(try recipe.double("lr", in: 0...1) == 1e-4)
    #expect(try recipe.double("momentum") == 1)
    #expect(try recipe.bool("nesterov"))
    #expect(try recipe.choice("pooling") == Pooling.average)
    #expect(try recipe.strings("stages") == ["layer3", "layer4"])
    #expect(try recipe.ints("seeds") == [0, 1])
    #expect(try recipe.doubles("rates") == [1, 0.5])
    var data = try recipe.mapping("data")
    #expect(try data.string("train") == "drawings")
    try data.finish()
    var paths = [String]()
    for var real in try recipe.mappings("real") { paths.append(try real.string("path")) }
    #expect(paths == ["a", "b"])
    try recipe.finish()
  }

  @Test("an absent or null key is its default, or nil", arguments: ["{}", "{a: ~, b: null, c: }"])
  func defaults(text: String) throws {
    var recipe = try mapping(text)
    #expect(try recipe.string("a", default: "x") == "x")
    #expect(try recipe.int("b", default: 1, in: 0...3) == 1)
    #expect(try recipe.double("c", default: 0.5) == 0.5)
    #expect(try recipe.bool("a", default: true))
    #expect(try recipe.choice("b", default: Pooling.attention) == .attention)
    #expect(try recipe.strings("c", default: ["s"]) == ["s"])
    #expect(try recipe.optionalString("a") == nil)
    #expect(try recipe.optionalInt("a") == nil)
    #expect(try recipe.optionalDouble("a") == nil)
    #expect(try recipe.optionalBool("a") == nil)
    let pooling: Pooling? = try recipe.optionalChoice("a")
    #expect(pooling == nil)
    #expect(try recipe.optionalMapping("a")?.keys == nil)
    var empty = try recipe.mapping("a", emptyIfAbsent: true)
    #expect(try empty.int("x", default: 2) == 2)
    #expect("\(empty.path)" == "a")
    try recipe.finish()
  }

  @Test("an unknown key is refused with the nearest known one")
  func unknownKey() throws {
    let text = "method:\n  name: csg\n  temprature: 0.07\n"
    let misspelt = try message(text) { recipe in
      var method = try recipe.mapping("method")
      _ = try method.string("name")
      _ = try method.double("temperature", default: 0.07)
      try method.finish()
    }
    #expect(
      misspelt
        == "recipe.yaml:3: unknown key 'method.temprature'; did you mean 'temperature'?")
    #expect(
      try message("seed: 1\nxyz: 2\n") { try $0.finish() } == "recipe.yaml:1: unknown key 'seed'")
  }

  @Test("a missing key says what it should be")
  func missingKey() throws {
    let text = "a: 1\noptimizer:\n  momentum: 0.9\n"
    let missing = try message(text) { recipe in
      var optimizer = try recipe.mapping("optimizer")
      _ = try optimizer.double("lr", in: 0...1)
    }
    #expect(
      missing == "recipe.yaml:3: missing key 'optimizer.lr': expected a number between 0 and 1")
    #expect(
      try message("{}") { _ = try $0.mapping("data") }
        == "recipe.yaml:1: missing key 'data': expected a mapping")
  }

  @Test("a wrong type says what was expected and found")
  func wrongTypes() throws {
    #expect(
      try message("a: 1\nlr: fast\n") { _ = try $0.double("lr") }
        == "recipe.yaml:2: 'lr': expected a number, found the text 'fast'")
    #expect(
      try message("name: 12") { _ = try $0.string("name") }
        == "recipe.yaml:1: 'name': expected text, found the integer 12 (put it in quotes to make it text)"
    )
    #expect(
      try message("n: 1.5") { _ = try $0.int("n") }
        == "recipe.yaml:1: 'n': expected an integer, found the number 1.5")
    #expect(
      try message("n: '1'") { _ = try $0.int("n") }
        == "recipe.yaml:1: 'n': expected an integer, found the text '1'")
    #expect(
      try message("b: yes") { _ = try $0.bool("b") }
        == "recipe.yaml:1: 'b': expected true or false, found the text 'yes'")
    #expect(
      try message("s: layer3") { _ = try $0.strings("s") }
        == "recipe.yaml:1: 's': expected a sequence, found the text 'layer3'")
    #expect(
      try message("s: [a, 2]") { _ = try $0.strings("s") }?.hasPrefix(
        "recipe.yaml:1: 's[1]': expected text, found the integer 2") == true)
    #expect(
      try message("data: [1]") { _ = try $0.mapping("data") }
        == "recipe.yaml:1: 'data': expected a mapping, found a sequence")
    #expect(
      try message("r:\n  - 3\n") { _ = try $0.mappings("r") }
        == "recipe.yaml:2: 'r[0]': expected a mapping, found the integer 3")
    #expect(
      try message("lr: .nan") { _ = try $0.double("lr") }
        == "recipe.yaml:1: 'lr': expected a finite number, found the number .nan")
    let notMapping = #expect(throws: YAMLError.self) { try mapping("- 1") }
    #expect(notMapping?.description == "recipe.yaml:1: expected a mapping, found a sequence")
  }

  @Test("a value out of its range says the range")
  func ranges() throws {
    let found = "found the integer -1"
    let text = "n: -1"
    let cases: [(String?, String)] = [
      (try message(text) { _ = try $0.int("n", in: 0...) }, "an integer at least 0"),
      (try message(text) { _ = try $0.int("n", in: 1...4) }, "an integer between 1 and 4"),
      (try message(text) { _ = try $0.int("n", in: 1..<4) }, "an integer at least 1 and below 4"),
      (try message(text) { _ = try $0.int("n", in: ...(-2)) }, "an integer up to -2"),
      (try message(text) { _ = try $0.int("n", in: ..<(-2)) }, "an integer below -2"),
      (
        try message(text) { _ = try $0.double("n", in: Double.leastNonzeroMagnitude...) },
        "a number above 0"
      ),
    ]
    for (message, expected) in cases {
      #expect(message == "recipe.yaml:1: 'n': expected \(expected), \(found)")
    }
  }

  @Test("an unknown choice lists the choices and the nearest")
  func choices() throws {
    #expect(
      try message("pooling: atention") { mapping in
        let _: Pooling = try mapping.choice("pooling")
      } == "recipe.yaml:1: 'pooling': expected one of 'attention', 'average', "
        + "found the text 'atention'; did you mean 'attention'?")
  }

  @Test("an error carries its parts")
  func errorParts() throws {
    var recipe = try mapping("a: 1\nlr:   fast\n")
    let error = #expect(throws: YAMLError.self) { try recipe.double("lr") }
    #expect(error?.location == YAMLLocation(source: "recipe.yaml", line: 2, column: 7))
    #expect(error?.path == .key("lr", in: .root))
    #expect(
      error?.problem == .mismatch(expected: "a number", found: "the text 'fast'", nearest: nil))
  }
}
