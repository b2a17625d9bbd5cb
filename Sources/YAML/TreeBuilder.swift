/// Turns events into a tree, and refuses what asks for too much before it is there.
struct TreeBuilder {
  private(set) var faults: [YAMLError] = []

  private let text: ArraySlice<UInt8>
  private let index: TextIndex
  private let source: Int
  private let limits: YAMLLimits
  private var open: [Frame] = []
  private var anchors: [String: YAMLNode] = [:]
  private var nodes = 0
  private var root: YAMLNode?
  private var documents = 0

  /// A collection that has not ended yet.
  private struct Frame {
    var head: Event.Head
    var start: YAMLMark
    var isMapping: Bool
    var items: [YAMLNode] = []
    var pairs: [YAMLPair] = []
    var key: YAMLKey?
    /// The key was there before, or may not be there: what it holds is read and left out.
    var isLeftOut = false
    /// Only for mappings too long to be searched one by one.
    var places: [String: YAMLMark] = [:]
  }

  init(text: ArraySlice<UInt8>, lead: Int, source: Int, limits: YAMLLimits) {
    self.text = text
    self.source = source
    self.limits = limits
    index = TextIndex(text, lead: lead)
  }

  /// The root of the only document, or `nil` where there is none.
  mutating func build(from stream: borrowing EventStream) -> Result<YAMLNode?, YAMLError> {
    do {
      while try step(stream) {}
      return .success(root)
    } catch {
      return .failure(error)
    }
  }

  private mutating func step(_ stream: borrowing EventStream) throws(YAMLError) -> Bool {
    let placed: PlacedEvent
    do { placed = try stream.next() } catch { throw explain(error) }
    switch placed.event {
    case .streamStart, .documentEnd: break
    case .streamEnd: return false
    case .documentStart: try beginDocument(placed)
    case .alias(let name): try use(name, placed)
    case .scalar(let head, let scalar): try add(scalar, head, placed)
    case .sequenceStart(let head): try push(head, isMapping: false, placed)
    case .mappingStart(let head): try push(head, isMapping: true, placed)
    case .sequenceEnd, .mappingEnd: try pop(placed)
    }
    return true
  }

  private mutating func beginDocument(_ placed: PlacedEvent) throws(YAMLError) {
    documents += 1
    guard documents == 1 else {
      throw YAMLError(
        at: mark(placed.start), "a second document starts here", help: "put it into a file of its own and include: it")
    }
  }

  private mutating func push(_ head: Event.Head, isMapping: Bool, _ placed: PlacedEvent) throws(YAMLError) {
    let start = mark(placed.start)
    guard open.count < limits.depth else {
      throw YAMLError(at: start, "nested deeper than \(limits.depth) levels")
    }
    try refuseAsKey(start, mark(placed.end))
    try count(1, at: start)
    open.append(Frame(head: head, start: start, isMapping: isMapping))
  }

  private mutating func pop(_ placed: PlacedEvent) throws(YAMLError) {
    guard let frame = open.popLast() else { return }
    let node = YAMLNode(
      frame.isMapping ? .mapping(frame.pairs) : .sequence(frame.items), tag: known(frame.head.tag, frame.start, nil),
      source: source, start: frame.start, end: mark(placed.end))
    try place(node, anchor: frame.head.anchor)
  }

  private mutating func add(_ scalar: YAMLScalar, _ head: Event.Head, _ placed: PlacedEvent) throws(YAMLError) {
    let start = mark(placed.start)
    let end = mark(placed.end)
    try check(scalar, start, end)
    try count(1, at: start)
    if let last = open.indices.last, open[last].isMapping, open[last].key == nil {
      takeKey(YAMLKey(scalar.text, source: source, start: start, end: end), isPlain: scalar.style == .plain)
      return
    }
    let node = YAMLNode(
      .scalar(scalar), tag: known(head.tag, start, scalar), source: source, start: start, end: end)
    try place(node, anchor: head.anchor)
  }

  private func check(_ scalar: YAMLScalar, _ start: YAMLMark, _ end: YAMLMark) throws(YAMLError) {
    if scalar.text.utf8.count > limits.scalar {
      throw YAMLError(at: start, "a text of more than \(limits.scalar >> 20) MiB")
    }
    if scalar.text.utf8.contains(0) {
      throw YAMLError(at: start, to: end, "a NUL character in a text", help: "leave out the “\\0”")
    }
  }

  /// An alias stands for the node itself: nothing is copied, but everything it stands for is counted.
  private mutating func use(_ name: String, _ placed: PlacedEvent) throws(YAMLError) {
    let start = mark(placed.start)
    let end = mark(placed.end)
    if open.contains(where: { $0.head.anchor == name }) {
      throw YAMLError(
        at: start, to: end, "the alias *\(name) stands inside what it names", help: "write out what is meant here")
    }
    guard let node = anchors[name] else {
      throw YAMLError(
        at: start, to: end, "nothing before this is called &\(name)",
        help: anchors.isEmpty
          ? "quote a text that begins with “*”"
          : "before it are \(anchors.keys.sorted().prefix(10).map { "&\($0)" }.joined(separator: ", "))")
    }
    try refuseAsKey(start, end)
    guard open.count + node.height <= limits.depth + 1 else {
      throw YAMLError(at: start, to: end, "nested deeper than \(limits.depth) levels")
    }
    try count(node.weight, at: start)
    try place(node, anchor: nil)
  }

  private mutating func place(_ node: YAMLNode, anchor: String?) throws(YAMLError) {
    if let anchor { anchors[anchor] = node }
    guard let last = open.indices.last else {
      root = node
      return
    }
    guard open[last].isMapping else {
      open[last].items.append(node)
      return
    }
    if let key = open[last].key, !open[last].isLeftOut { open[last].pairs.append(YAMLPair(key: key, value: node)) }
    open[last].key = nil
  }

  private mutating func count(_ more: Int, at start: YAMLMark) throws(YAMLError) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw YAMLError(at: start, "more than \(limits.nodes) values, every use of an alias counted")
    }
  }

  private func mark(_ character: Int) -> YAMLMark { index.mark(character: character, in: text) }
}

// MARK: Keys and tags

extension TreeBuilder {
  private func refuseAsKey(_ start: YAMLMark, _ end: YAMLMark) throws(YAMLError) {
    guard let frame = open.last, frame.isMapping, frame.key == nil else { return }
    throw YAMLError(at: start, to: end, "a key must be a text", help: "quote it if it starts with one of [ { * &")
  }

  private mutating func takeKey(_ key: YAMLKey, isPlain: Bool) {
    let last = open.count - 1
    open[last].key = key
    open[last].isLeftOut = false
    // Searching for a text is dear, and nearly no key has a colon in it.
    if isPlain, key.text.utf8.contains(UInt8(ascii: ":")),
      let sign = key.text.firstRange(of: ":{") ?? key.text.firstRange(of: ":[")
    {
      open[last].isLeftOut = true
      faults.append(
        YAMLError(
          at: key.start, to: key.end, "a space is missing after “\(key.text[..<sign.lowerBound]):”",
          help: "write \(key.text[..<sign.lowerBound]): \(key.text[sign.lowerBound...].dropFirst())…"))
    }
    if isPlain, key.text == "<<" {
      open[last].isLeftOut = true
      faults.append(
        YAMLError(
          at: key.start, to: key.end, "merge keys (“<<”) are not used here",
          help: "write the fields into the group, and its items inherit them"))
    }
    if let first = earlier(key) {
      open[last].isLeftOut = true
      faults.append(
        YAMLError(
          at: key.start, to: key.end, "“\(key.text)” stands here twice, first in line \(first.line)",
          help: "keep one of them"))
    }
  }

  private mutating func earlier(_ key: YAMLKey) -> YAMLMark? {
    let last = open.count - 1
    let count = open[last].pairs.count
    if count < 16 { return open[last].pairs.first { $0.key.text == key.text }?.key.start }
    if open[last].places.isEmpty {
      for pair in open[last].pairs where open[last].places[pair.key.text] == nil {
        open[last].places[pair.key.text] = pair.key.start
      }
    }
    if let first = open[last].places[key.text] { return first }
    open[last].places[key.text] = key.start
    return nil
  }

  /// The tag if it is known; a fault and `nil` if not. `scalar` is `nil` for a collection.
  private mutating func known(_ tag: String?, _ start: YAMLMark, _ scalar: YAMLScalar?) -> String? {
    guard let tag, tag != "!" else { return scalar != nil && tag == "!" ? YAMLTag.text : nil }
    if limits.tags.contains(tag) { return tag }
    if scalar == nil {
      if tag == YAMLTag.sequence || tag == YAMLTag.mapping { return nil }
    } else if YAMLTag.ofScalars.contains(tag), let scalar {
      return fits(scalar.text, tag, start) ? tag : YAMLTag.refused
    }
    faults.append(
      YAMLError(
        at: start, to: after(tag, start), "unknown tag “\(tag.replacing("tag:yaml.org,2002:", with: "!!"))”",
        help: help(for: tag)))
    return YAMLTag.refused
  }

  private func after(_ tag: String, _ start: YAMLMark) -> YAMLMark? {
    guard tag.hasPrefix("!") else { return nil }
    return YAMLMark(
      offset: start.offset + tag.utf8.count, line: start.line, column: start.column + tag.unicodeScalars.count)
  }

  private func help(for tag: String) -> String {
    switch tag {
    case "!include", "!import", "!load": return "another file is put in with __load: FILE or __import__KEY: FILE"
    case "!env", "!env_var", "!ENV", "!vault": return "write !secret env:NAME"
    default:
      let core = ["!!str", "!!int", "!!float", "!!bool", "!!null"]
      return "known are \((limits.tags.sorted() + core).joined(separator: ", "))"
    }
  }

  private mutating func fits(_ text: String, _ tag: String, _ start: YAMLMark) -> Bool {
    let fits =
      switch (tag, YAMLValue(plain: text)) {
      case (YAMLTag.text, _), (YAMLTag.null, .null), (YAMLTag.bool, .bool), (YAMLTag.int, .int),
        (YAMLTag.float, .int), (YAMLTag.float, .float):
        true
      default: false
      }
    if !fits {
      let name = tag.replacing("tag:yaml.org,2002:", with: "!!")
      faults.append(YAMLError(at: start, "the value is not what its tag “\(name)” says"))
    }
    return fits
  }
}

// MARK: What libyaml says, for people

extension TreeBuilder {
  private func explain(_ failure: EventFailure) -> YAMLError {
    if failure.isMemory { return YAMLError(at: .start, "there is no memory to read this") }
    if let byte = failure.byte {
      return YAMLError(
        at: index.mark(byte: byte, in: text), "a control character",
        help: "delete it; only tabs and line ends may stand here")
    }
    let (at, since) = (mark(failure.problemAt), mark(failure.contextAt))
    if let byte = index.byte(at, in: text), byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]"),
      !failure.context.contains("flow")
    {
      let sign = byte == UInt8(ascii: "}") ? ("}", "{") : ("]", "[")
      return YAMLError(at: at, "a “\(sign.0)” without its “\(sign.1)”", help: "take it out, or quote the text it is in")
    }
    let isTab = index.byte(at, in: text) == UInt8(ascii: "\t")
    return SyntaxMessage(
      problem: isTab ? "found a tab character" : failure.problem, context: failure.context,
      // At the end of the file there is nothing to point at.
      at: index.byte(at, in: text) == nil && failure.context != "" ? since : at, since: since
    ).error
  }
}
