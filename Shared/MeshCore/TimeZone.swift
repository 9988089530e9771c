import Glibc
import Synchronization

/// An IANA time zone, read from the system's compiled tzdata (RFC 9636).
package struct TimeZone: Sendable, Hashable {
  /// Such as "Europe/Berlin".
  package let name: String
  private let transitions: [Transition]
  private let firstOffset: Int32
  /// POSIX TZ rule for times after the last transition; nil when there is none.
  private let tail: PosixRule?

  private struct Transition: Sendable, Hashable {
    let at: Int64
    let offset: Int32
  }

  package static let utc = TimeZone(name: "UTC", transitions: [], firstOffset: 0, tail: nil)

  private init(name: String, transitions: [Transition], firstOffset: Int32, tail: PosixRule?) {
    self.name = name
    self.transitions = transitions
    self.firstOffset = firstOffset
    self.tail = tail
  }

  /// The zone of that name; nil when the system has none.
  ///
  /// Zones are read once a process.
  package init?(_ name: String) {
    if name == "UTC" {
      self = .utc
      return
    }
    if let known = Self.known.withLock({ $0[name] }) {
      self = known
      return
    }
    guard Self.isName(name), let bytes = Self.file("/usr/share/zoneinfo/\(name)"),
      let zone = Self.parse(bytes, name: name)
    else { return nil }
    Self.known.withLock { $0[name] = zone }
    self = zone
  }

  /// The date on clocks in this zone.
  package func date(at time: Timestamp) -> CalendarDate {
    (time + .seconds(offset(at: time))).utcDate
  }

  /// Seconds east of UTC.
  package func offset(at time: Timestamp) -> Int {
    let seconds = time.secondsSince1970
    guard let last = transitions.last else { return tail?.offset(at: seconds) ?? Int(firstOffset) }
    if seconds >= last.at, let tail { return tail.offset(at: seconds) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= seconds { low = middle + 1 } else { high = middle }
    }
    return Int(low == 0 ? firstOffset : transitions[low - 1].offset)
  }

  private static let known = Mutex<[String: TimeZone]>([:])

  /// Letters, digits, `_`, `+`, `-` and single slashes: nothing that leaves the folder.
  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return name.utf8.count <= 64
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
              UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
              UInt8(ascii: "-"):
              true
            default: false
            }
          }
      }
  }

  private static func file(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    return Array(bytes[..<count])
  }

  /// Reads the second, 64-bit block of a TZif file of version 2 or later (RFC 9636, section 3).
  private static func parse(_ bytes: [UInt8], name: String) -> TimeZone? {
    var reader = BigEndianReader(bytes)
    guard let first = Header(&reader) else { return nil }
    reader.skip(first.blockSize(timeSize: 4))
    guard let header = Header(&reader) else { return nil }
    let times = (0..<header.times).map { _ in Int64(bitPattern: reader.integer(8)) }
    let kinds = (0..<header.times).map { _ in Int(reader.integer(1)) }
    var offsets: [Int32] = []
    for _ in 0..<header.types {
      offsets.append(Int32(truncatingIfNeeded: reader.integer(4)))
      reader.skip(2)
    }
    reader.skip(header.abbreviations + header.leaps * 12 + header.standards + header.universals)
    guard !reader.failed, let firstOffset = offsets.first,
      kinds.allSatisfy({ $0 < offsets.count })
    else { return nil }
    let footer = reader.rest.split(separator: UInt8(ascii: "\n")).first ?? []
    return TimeZone(
      name: name,
      transitions: zip(times, kinds).map { Transition(at: $0, offset: offsets[$1]) },
      firstOffset: firstOffset,
      tail: PosixRule(String(decoding: footer, as: UTF8.self))
    )
  }

  private struct Header {
    let universals, standards, leaps, times, types, abbreviations: Int

    init?(_ reader: inout BigEndianReader) {
      guard reader.integer(4) == 0x545A_6966, reader.integer(1) >= UInt64(UInt8(ascii: "2")) else {
        return nil
      }
      reader.skip(15)
      universals = Int(reader.integer(4))
      standards = Int(reader.integer(4))
      leaps = Int(reader.integer(4))
      times = Int(reader.integer(4))
      types = Int(reader.integer(4))
      abbreviations = Int(reader.integer(4))
      guard !reader.failed else { return nil }
    }

    func blockSize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + abbreviations + leaps * (timeSize + 4) + standards
        + universals
    }
  }
}

/// Reads big-endian integers; after the end it gives zeros and remembers that it failed.
private struct BigEndianReader {
  private(set) var rest: ArraySlice<UInt8>
  private(set) var failed = false

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func integer(_ size: Int) -> UInt64 {
    guard rest.count >= size else {
      failed = true
      return 0
    }
    let value = rest.prefix(size).reduce(0) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(size)
    return value
  }

  mutating func skip(_ count: Int) {
    if count < 0 || rest.count < count { failed = true }
    rest = rest.dropFirst(max(count, 0))
  }
}

extension Timestamp {
  /// Whole seconds since 1970, rounded down.
  package var secondsSince1970: Int64 {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
