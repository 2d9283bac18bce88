import CYAML

/// libyaml's parser: the events of a text, one after the other.
final class YAMLEventReader {
  /// One event.
  struct Event {
    enum Kind {
      case streamEnd, documentStart
      case alias(String)
      case scalar(YAMLScalar)
      case sequenceStart, mappingStart
      case sequenceEnd, mappingEnd
      case other
    }

    let kind: Kind
    var anchor: String?
    var tag: String?
    let location: YAMLLocation
  }

  // The parser holds a pointer to itself and to its input, so neither may move.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let source: String
  private let hasLines: Bool

  /// - Parameter hasLines: Whether locations have a line and a column.
  init(_ text: some Collection<UInt8>, source: String, hasLines: Bool) {
    self.source = source
    self.hasLines = hasLines
    input = .allocate(capacity: text.count)
    _ = input.initialize(from: text)
    yaml_parser_initialize(parser)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    return Event(event, at: location(event.start_mark))
  }

  private var failure: YAMLError {
    let reason = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    let context = parser.pointee.context.map { " " + String(cString: $0) } ?? ""
    return YAMLError(.syntax(reason + context), at: location(problemMark))
  }

  /// Where the problem is. For bytes that are no text libyaml leaves its mark at the beginning, and only says how many bytes come
  /// before them.
  private var problemMark: yaml_mark_t {
    guard parser.pointee.error == YAML_READER_ERROR else { return parser.pointee.problem_mark }
    let before = input.prefix(Int(parser.pointee.problem_offset))
    let newline = UInt8(ascii: "\n")
    var mark = yaml_mark_t()
    mark.line = before.count { $0 == newline }
    // Columns are counted in characters, each of which has one byte that does not go on with another.
    mark.column = before.reversed().prefix { $0 != newline }.count { $0 & 0xC0 != 0x80 }
    return mark
  }

  private func location(_ mark: yaml_mark_t) -> YAMLLocation {
    guard hasLines else { return YAMLLocation(source: source) }
    return YAMLLocation(source: source, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

extension YAMLEventReader.Event {
  fileprivate init(_ event: yaml_event_t, at location: YAMLLocation) {
    self.location = location
    let data = event.data
    switch event.type {
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_ALIAS_EVENT: kind = .alias(text(data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      anchor = text(scalar.anchor)
      tag = text(scalar.tag)
      let isText = scalar.style != YAML_PLAIN_SCALAR_STYLE || tag == YAML_STR_TAG || tag == "!"
      kind = .scalar(
        YAMLScalar(text: String(decoding: bytes, as: UTF8.self), style: isText ? .quoted : .plain))
      if isText, tag == YAML_STR_TAG || tag == "!" { tag = nil }
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      anchor = text(data.sequence_start.anchor)
      tag = text(data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      anchor = text(data.mapping_start.anchor)
      tag = text(data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .other
    }
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  pointer.map { String(cString: $0) }
}
