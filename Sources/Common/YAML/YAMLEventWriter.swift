import CYAML

/// libyaml's emitter, writing to memory.
final class YAMLEventWriter {
  /// The place that errors name.
  static let location = YAMLLocation(source: "YAML output")

  // The emitter holds a pointer to its output, so neither may move.
  private let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
  private let output = UnsafeMutablePointer<[UInt8]>.allocate(capacity: 1)

  init() {
    output.initialize(to: [])
    yaml_emitter_initialize(emitter)
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)
    yaml_emitter_set_output(
      emitter,
      { context, bytes, count in
        guard let context, let bytes else { return 0 }
        context.assumingMemoryBound(to: [UInt8].self).pointee
          .append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        return 1
      },
      output)
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
    output.deinitialize(count: 1)
    output.deallocate()
  }

  func startDocument() throws(YAMLError) {
    try emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
    try emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
  }

  /// Ends the document and returns everything that was written.
  func finishDocument() throws(YAMLError) -> String {
    try emit { yaml_document_end_event_initialize(&$0, 1) }
    try emit { yaml_stream_end_event_initialize(&$0) }
    return String(decoding: output.pointee, as: UTF8.self)
  }

  func scalar(_ text: String, isQuoted: Bool) throws(YAMLError) {
    var bytes = Array(text.utf8)
    let style =
      if text.contains(where: \.isNewline) { YAML_DOUBLE_QUOTED_SCALAR_STYLE } else if isQuoted {
        YAML_SINGLE_QUOTED_SCALAR_STYLE
      } else { YAML_PLAIN_SCALAR_STYLE }
    let count = Int32(clamping: bytes.count)
    try emit { yaml_scalar_event_initialize(&$0, nil, nil, &bytes, count, 1, 1, style) }
  }

  func startSequence(onOneLine: Bool) throws(YAMLError) {
    let style = onOneLine ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
    try emit { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, style) }
  }

  func endSequence() throws(YAMLError) { try emit { yaml_sequence_end_event_initialize(&$0) } }

  func startMapping(isEmpty: Bool) throws(YAMLError) {
    let style = isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
    try emit { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, style) }
  }

  func endMapping() throws(YAMLError) { try emit { yaml_mapping_end_event_initialize(&$0) } }

  private func emit(_ initialize: (inout yaml_event_t) -> Int32) throws(YAMLError) {
    var event = yaml_event_t()
    guard initialize(&event) == 1, yaml_emitter_emit(emitter, &event) == 1 else {
      let reason = emitter.pointee.problem.map { String(cString: $0) } ?? "out of memory"
      throw YAMLError(.syntax(reason), at: Self.location)
    }
  }
}
