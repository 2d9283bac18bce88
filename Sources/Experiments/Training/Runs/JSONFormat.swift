import Foundation

/// JSON as the run folder holds it: sorted keys, and doubles with as many digits as read back the same.
enum JSONFormat {
  static func line(_ value: some Encodable) throws -> Data {
    try encoder([]).encode(value) + Data("\n".utf8)
  }

  static func document(_ value: some Encodable) throws -> Data {
    try encoder(.prettyPrinted).encode(value) + Data("\n".utf8)
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }
}
