/// A body in the chunked transfer coding, RFC 9112, section 7.1.
///
/// Chunk extensions and trailer fields are checked and dropped.
struct HTTP1Chunks: Sendable {
  private enum State: Sendable {
    case size
    case data(remaining: Int)
    case dataEnd
    case trailers
    case done
  }

  /// Bytes of a line of the coding; no client needs long extensions.
  private static let maxLineBytes = 256
  /// Bytes of all trailer fields together.
  private static let maxTrailerBytes = 4 << 10

  private var maxBytes: Int
  private var state = State.size
  private var body: [UInt8] = []
  private var trailerBytes = 0
  /// Extension bytes so far, limited so that tiny chunks cannot carry endless ones.
  private var overhead = 0

  init(maxBytes: Int) {
    self.maxBytes = maxBytes
  }

  static func tooLarge(_ maxBytes: Int) -> HTTP1Error {
    HTTP1Error(413, "the body is larger than \(maxBytes) bytes")
  }

  /// Bytes of the body so far.
  var count: Int { body.count }

  /// Takes no more than `maxBytes`, what has come included.
  mutating func limit(to maxBytes: Int) throws(HTTP1Error) {
    var announced = body.count
    if case .data(let remaining) = state { announced += remaining }
    guard announced <= maxBytes else { throw Self.tooLarge(maxBytes) }
    self.maxBytes = min(self.maxBytes, maxBytes)
  }

  /// The body once its end has been read.
  var completed: [UInt8]? {
    if case .done = state { return body }
    return nil
  }

  /// Reads as far as `buffer` goes.
  ///
  /// - Returns: where the unread bytes begin.
  mutating func read(_ buffer: [UInt8], from start: Int) throws(HTTP1Error) -> Int {
    var position = start
    while true {
      switch state {
      case .size:
        guard let line = try Self.line(buffer, position, limit: Self.maxLineBytes) else {
          return position
        }
        try begin(buffer[line])
        position = line.upperBound + 2
      case .data(let remaining):
        let count = min(remaining, buffer.count - position)
        body.append(contentsOf: buffer[position..<position + count])
        position += count
        guard count == remaining else {
          state = .data(remaining: remaining - count)
          return position
        }
        state = .dataEnd
      case .dataEnd:
        guard let line = try Self.line(buffer, position, limit: 0) else { return position }
        position = line.upperBound + 2
        state = .size
      case .trailers:
        guard let line = try Self.line(buffer, position, limit: Self.maxTrailerBytes) else {
          return position
        }
        position = line.upperBound + 2
        if line.isEmpty {
          state = .done
        } else {
          try trailer(buffer, line)
        }
      case .done:
        return position
      }
    }
  }

  /// Takes a chunk's first line: its size and any extension.
  private mutating func begin(_ line: ArraySlice<UInt8>) throws(HTTP1Error) {
    let malformed = HTTP1Error(400, "a malformed chunk")
    let digits = line.prefix { HTTPSyntax.hexDigit($0) != nil }
    let rest = line[digits.endIndex...]
    guard (1...8).contains(digits.count), rest.first ?? UInt8(ascii: ";") == UInt8(ascii: ";"),
      rest.allSatisfy(HTTPSyntax.isFieldValue)
    else { throw malformed }
    overhead += rest.count
    guard overhead <= Self.maxTrailerBytes else {
      throw HTTP1Error(400, "too many chunk extensions")
    }
    let size = digits.reduce(0) { $0 << 4 | Int(HTTPSyntax.hexDigit($1) ?? 0) }
    guard size <= maxBytes - body.count else {
      throw Self.tooLarge(maxBytes)
    }
    state = size == 0 ? .trailers : .data(remaining: size)
  }

  private mutating func trailer(
    _ buffer: [UInt8],
    _ line: Range<Int>
  ) throws(HTTP1Error) {
    _ = try HTTP1Head.field(buffer, line)
    trailerBytes += line.count
    guard trailerBytes <= Self.maxTrailerBytes else {
      throw HTTP1Error(431, "trailer fields of more than \(Self.maxTrailerBytes) bytes")
    }
  }

  /// The line at `position` without its CRLF; nil when it is not there whole.
  private static func line(
    _ buffer: [UInt8],
    _ position: Int,
    limit: Int
  ) throws(HTTP1Error) -> Range<Int>? {
    let malformed = HTTP1Error(400, "a malformed chunk")
    let reach = min(buffer.count, position + limit + 2)
    guard let end = buffer[position..<reach].firstIndex(of: HTTPSyntax.lf) else {
      guard reach < position + limit + 2 else { throw malformed }
      return nil
    }
    guard end > position, buffer[end - 1] == HTTPSyntax.cr else { throw malformed }
    return position..<end - 1
  }
}
