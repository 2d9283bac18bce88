import Foundation

/// JSON as the run folder holds it: sorted keys, and doubles with as many digits as read back the same.
package enum JSONFormat {
  /// A value without spaces or a line's end.
  package static func compact(_ value: some Encodable) throws -> Data {
    try encoder([]).encode(value)
  }

  /// A value as one line.
  package static func line(_ value: some Encodable) throws -> Data {
    try encoder([]).encode(value) + Data("\n".utf8)
  }

  /// A value for people to read.
  package static func document(_ value: some Encodable) throws -> Data {
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
