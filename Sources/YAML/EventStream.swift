internal import CYAML

/// What libyaml found next, as values; places are characters from the start.
enum Event {
  struct Head {
    var anchor: String?
    var tag: String?
  }

  case streamStart
  case streamEnd
  case documentStart
  case documentEnd
  case alias(String)
  case scalar(Head, YAMLScalar)
  case sequenceStart(Head)
  case sequenceEnd
  case mappingStart(Head)
  case mappingEnd
}

struct PlacedEvent {
  var event: Event
  var start: Int
  var end: Int
}

/// libyaml's own account of what is wrong.
struct EventFailure: Error {
  var problem: String
  var context: String
  /// Characters from the start; the place of the problem and of what it belongs to.
  var problemAt: Int
  var contextAt: Int
  /// Bytes from the start, for a byte that is no character.
  var byte: Int?
  var isMemory: Bool
}

/// A parser over bytes it does not own: it must not outlive them.
@safe struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>

  /// `nil` where there is no memory for it.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      unsafe event.deallocate()
      return nil
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe event.deallocate()
  }

  /// The next event; the C event is deleted before this returns.
  func next() throws(EventFailure) -> PlacedEvent {
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw failure }
    defer { unsafe yaml_event_delete(event) }
    return unsafe PlacedEvent(
      event: Event(event.pointee), start: event.pointee.start_mark.index, end: event.pointee.end_mark.index)
  }

  private var failure: EventFailure {
    let error = unsafe parser.pointee.error
    return unsafe EventFailure(
      problem: text(parser.pointee.problem), context: text(parser.pointee.context),
      problemAt: parser.pointee.problem_mark.index, contextAt: parser.pointee.context_mark.index,
      byte: error == YAML_READER_ERROR ? parser.pointee.problem_offset : nil, isMemory: error == YAML_MEMORY_ERROR)
  }

  private func text(_ message: UnsafePointer<CChar>?) -> String {
    guard let message = unsafe message else { return "" }
    return unsafe String(cString: message)
  }
}

extension Event {
  fileprivate init(_ event: yaml_event_t) {
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = unsafe .alias(String(yaml: event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: self = unsafe Event(scalar: event)
    case YAML_SEQUENCE_START_EVENT:
      self = unsafe .sequenceStart(
        Head(anchor: String(yaml: event.data.sequence_start.anchor), tag: String(yaml: event.data.sequence_start.tag)))
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      self = unsafe .mappingStart(
        Head(anchor: String(yaml: event.data.mapping_start.anchor), tag: String(yaml: event.data.mapping_start.tag)))
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    // YAML_STREAM_END_EVENT; and YAML_NO_EVENT, which libyaml gives after the end.
    default: self = .streamEnd
    }
  }

  private init(scalar event: yaml_event_t) {
    let scalar = unsafe event.data.scalar
    let text = unsafe String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    self = unsafe .scalar(
      Head(anchor: String(yaml: scalar.anchor), tag: String(yaml: scalar.tag)),
      YAMLScalar(text, style: YAMLScalar.Style(scalar.style)))
  }
}

extension YAMLScalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

extension String {
  fileprivate init?(yaml text: UnsafeMutablePointer<yaml_char_t>?) {
    guard let text = unsafe text else { return nil }
    unsafe self.init(cString: text)
  }
}
