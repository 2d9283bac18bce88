import Foundation
import Settings
import Testing

/// One declaration of a setting reads, writes and documents it.
@Suite struct SettingTests {
  private struct Penalty: Configurable {
    enum Norm: String, CaseIterable, Sendable {
      case euclidean
      case absolute
    }

    var isOn = true
    var interval = 10
    var lambda = 0.5
    var label = "a"
    var norm = Norm.euclidean
    var places = [3, 4]
    var weights = [0.25]

    static let settings: [Setting<Penalty>] = [
      .boolean("on", \.isOn, "Whether it is added."),
      .integer("interval", \.interval, in: 1...100, "Iterations between.", counts: \.isOn),
      .number("lambda", \.lambda, in: 0..., "Its weight."),
      .text("label", \.label, "Its name."),
      .choice("norm", \.norm, "What is measured."),
      .integers("places", \.places, in: 0...4, "Where."),
      .numbers("weights", \.weights, in: 0..<1, "How much."),
    ]
  }

  /// Returns its value for every request.
  private struct Values: SettingsReader {
    var values: [String: SettingValue]
    var asked: [String] = []

    mutating func value(_ key: String, as kind: SettingKind) -> SettingValue? {
      asked.append(key)
      return values[key]
    }
  }

  @Test func whatIsNotSaidStays() throws {
    var penalty = Penalty()
    var reader = Values(values: [:])
    try penalty.read(from: &reader)
    #expect(penalty == Penalty())
    #expect(
      reader.asked == ["on", "interval", "lambda", "label", "norm", "places", "weights"])
  }

  @Test func everyKindIsReadAndWrittenBack() throws {
    var penalty = Penalty()
    var reader = Values(values: [
      "on": true, "interval": 7, "lambda": 2.0, "label": "b", "norm": "absolute",
      "places": [1, 2], "weights": [0.5, 0.75],
    ])
    try penalty.read(from: &reader)
    #expect(penalty.isOn && penalty.interval == 7 && penalty.lambda == 2 && penalty.label == "b")
    #expect(penalty.norm == .absolute && penalty.places == [1, 2])
    #expect(penalty.weights == [0.5, 0.75])
    let written = penalty.settingValues
    #expect(written.map(\.key) == reader.asked)
    #expect(written.allSatisfy { reader.values[$0.key] == $0.value })
  }

  @Test func whatHasNoEffectIsReadButNotWritten() throws {
    var penalty = Penalty()
    var reader = Values(values: ["on": false, "interval": 7])
    try penalty.read(from: &reader)
    #expect(penalty.interval == 7)
    #expect(
      penalty.settingValues.map(\.key)
        == ["on", "lambda", "label", "norm", "places", "weights"])
  }

  @Test(
    arguments: [
      ("on", 1, "true or false"), ("interval", 0.5, "an integer between"),
      ("lambda", 1, "a number at least 0"), ("label", true, "text"),
      ("norm", "cubic", "one of 'euclidean', 'absolute'"),
      ("places", [1, "two"], "a sequence, each element an integer between 0 and 4"),
      ("weights", [[0.5]], "a sequence, each element a number at least 0 and below 1"),
    ] as [(String, SettingValue, String)])
  func aReaderThatGivesAnotherKindIsAnError(key: String, value: SettingValue, expected: String) {
    var penalty = Penalty()
    var reader = Values(values: [key: value])
    let error = #expect(throws: SettingError.self) { try penalty.read(from: &reader) }
    #expect(error?.description.hasPrefix("'\(key)': expected \(expected)") == true)
  }

  @Test func documentationSaysKeyKindStandardAndMeaning() throws {
    let descriptions = Penalty().settingDescriptions
    #expect(descriptions.count == 7)
    #expect(descriptions[1].key == "interval" && descriptions[1].help == "Iterations between.")
    #expect(descriptions[1].kind == "an integer between 1 and 100")
    #expect(descriptions[5].standard == [3, 4])
    let data = try JSONEncoder().encode(descriptions[5])
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["standard"] as? [Int] == [3, 4])
  }

  @Test func aValueShowsOnOneLine() throws {
    let value: SettingValue = ["a": [3, 0.5, true, nil], "b": ["c": "text"]]
    #expect("\(value)" == "{a: [3, 0.5, true, null], b: {c: text}}")
    let data = try JSONEncoder().encode(value)
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect((object["b"] as? [String: String]) == ["c": "text"])
    #expect((object["a"] as? [Any])?.count == 4)
  }
}
