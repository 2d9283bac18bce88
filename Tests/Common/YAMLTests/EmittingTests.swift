import Testing
import YAML

@Suite("Writing")
struct EmittingTests {
  private func roundTrip(_ value: YAMLValue) throws -> YAMLValue {
    try YAMLNode(parsing: value.text(), source: "t").value
  }

  @Test("a recipe is written tidily")
  func layout() throws {
    let recipe: YAMLValue = [
      "seed": 3,
      "data": [
        "train": "drawings", "real": [["path": "a b"], ["path": "c"]], "none": [:], "shuffle": true,
      ],
      "method": ["name": "csg", "stages": ["layer3", "layer4"], "lambda": 0.1, "queue": nil],
      "optimizer": ["lr": 1e-5, "version": "1.0", "flag": "yes"],
    ]
    #expect(
      try recipe.text() == """
        seed: 3
        data:
          train: drawings
          real:
          - path: a b
          - path: c
          none: {}
          shuffle: true
        method:
          name: csg
          stages: [layer3, layer4]
          lambda: 0.1
          queue: null
        optimizer:
          lr: 1.0e-05
          version: '1.0'
          flag: 'yes'

        """)
    #expect(try roundTrip(recipe) == recipe)
  }

  @Test("floats come back bit for bit")
  func doubles() throws {
    var generator = SplitMix64(state: 1)
    let drawn = (0..<2_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    let special: [Double] = [
      0, -0.0, 1, -1, 0.1, 1e16, 1e-5, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity,
      -.infinity,
    ]
    let values = YAMLValue.sequence((special + drawn).map { .double($0) })
    guard case .sequence(let read) = try roundTrip(values) else { throw Unexpected() }
    let bits = read.map {
      if case .double(let number) = $0 { number.bitPattern } else { 0 as UInt64 }
    }
    #expect(bits == (special + drawn).map(\.bitPattern))
  }

  @Test(
    "text comes back as it was",
    arguments: [
      "", " ", "a", "12", "1e-4", "true", "null", "~", "- a", "a: b", "a #b", "#", "'", "\"",
      "a\nb",
      "\n", " a ", "a\n\n", "\t", "é", "日本", "😀", "[a]", "{", "*a", "&a", "!a", "%", "@", "`", "?",
      "-", "---", "...", "a\r\nb", "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}", "yes",
      "1_000",
      "0b1", "2024-01-01", "=", "<<", "--set x", "C:\\dir", ".inf", "0x1F", "\u{1b}[0m",
      "a long text that goes on and on beyond the usual eighty columns, with 'quotes', \"more\" and: colons",
    ])
  func strings(text: String) throws {
    let value = YAMLValue.string(text)
    #expect(try roundTrip(value) == value)
    let nested: YAMLValue = .mapping([.init(key: text, value: [value, [text: value]])])
    #expect(try roundTrip(nested) == nested)
  }

  private func `random`(_ depth: Int, _ generator: inout SplitMix64) -> YAMLValue {
    let alphabet = Array("ab01.-:# '\"\\\n\t,[]{}&*!|>%@~éß😀\u{85}e_=?")
    func text(_ generator: inout SplitMix64) -> String {
      let count = Int.random(in: 0...8, using: &generator)
      return String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
    switch Int.random(in: 0..<(depth > 4 ? 4 : 6), using: &generator) {
    case 0: return .boolean(Bool.random(using: &generator))
    case 1: return .integer(Int.random(in: .min ... .max, using: &generator))
    case 2: return .double(Double.random(in: -1e3...1e3, using: &generator))
    case 3: return .string(text(&generator))
    case 4:
      return .sequence(
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in random(depth + 1, &generator) })
    default:
      var members = [YAMLValue.Member]()
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let key = text(&generator)
        guard !members.contains(where: { $0.key == key }) else { continue }
        members.append(.init(key: key, value: random(depth + 1, &generator)))
      }
      return .mapping(members)
    }
  }

  @Test("any tree comes back equal")
  func trees() throws {
    var generator = SplitMix64(state: 3)
    for _ in 0..<1_000 {
      let value = random(0, &generator)
      #expect(try roundTrip(value) == value)
    }
  }

  @Test("a key written twice is refused")
  func duplicateKey() {
    let error = #expect(throws: YAMLError.self) { try (["a": 1, "a": 2] as YAMLValue).text() }
    #expect(error?.description == "YAML output: duplicate key 'a'")
  }

  @Test("a value nested beyond what can be read is refused")
  func depth() {
    var value: YAMLValue = 1
    for _ in 0..<70 { value = [value] }
    let error = #expect(throws: YAMLError.self) { try value.text() }
    #expect(error?.description == "YAML output: the value is nested deeper than 64 levels")
  }
}
