/// Why a value could not be read from JSON, in a few words that name the key.
public func decodingReason(of error: any Error) -> String {
  switch error as? DecodingError {
  case .keyNotFound(let key, _): "no '\(key.stringValue)'"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    "a wrong value of '\(context.codingPath.map(\.stringValue).joined(separator: "."))'"
  default: "no valid JSON"
  }
}
