import Foundation

/// JSON as written into run folders: sorted keys, and doubles with enough digits to be read back exactly.
package enum JSONFormat {
  /// One line of JSON without the line break.
  package static func text(_ value: some Encodable) throws -> Data {
    try encoder([]).encode(value)
  }

  /// A value as one line with its line break.
  package static func line(_ value: some Encodable) throws -> Data {
    try text(value) + Data("\n".utf8)
  }

  /// A value as indented JSON, for people to read.
  package static func document(_ value: some Encodable) throws -> Data {
    try encoder(.prettyPrinted).encode(value) + Data("\n".utf8)
  }

  /// Decodes the value of a line or a document.
  package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value
  {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(type, from: data)
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }
}
