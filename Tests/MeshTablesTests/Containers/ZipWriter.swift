import MeshZip

/// Writes zip archives for tests.
struct ZipWriter {
  /// How an entry is written, where not in the usual way.
  struct Options {
    var isDeflated = true
    var isLarge = false
    var flags: UInt16 = 0
    var method: UInt16?
    var checksum: UInt32?
  }

  private(set) var bytes: [UInt8]
  private let start: Int
  private var directory: [UInt8] = []
  private var count = 0

  /// - Parameter before: bytes that stand before the archive in its file.
  init(before: [UInt8] = []) {
    bytes = before
    start = before.count
  }

  mutating func add(_ name: String, _ text: String, _ options: Options = .init()) {
    add(name, Array(text.utf8), options)
  }

  mutating func add(_ name: String, _ content: [UInt8], _ options: Options = .init()) {
    var checksum = Checksum()
    checksum.add(content)
    // What gzip has around the deflated bytes are 10 bytes before and 8 after them.
    let data =
      options.isDeflated ? Array(Gzip().compress(content).dropFirst(10).dropLast(8)) : content
    let method = options.method ?? (options.isDeflated ? 8 : 0)
    let sizes = options.isLarge ? [UInt32.max, .max] : [UInt32(data.count), UInt32(content.count)]
    let offset = bytes.count - start
    var common = number(20, 2) + number(UInt64(options.flags), 2) + number(UInt64(method), 2)
    common += number(0, 4) + number(UInt64(options.checksum ?? checksum.value), 4)
    common += sizes.flatMap { number(UInt64($0), 4) } + number(UInt64(name.utf8.count), 2)
    let large =
      number(1, 2) + number(24, 2)
      + [content.count, data.count, offset].flatMap { number(UInt64($0), 8) }
    bytes += number(0x0403_4b50, 4) + common + number(0, 2) + Array(name.utf8) + data
    directory += number(0x0201_4b50, 4) + number(20, 2) + common
    directory += number(options.isLarge ? UInt64(large.count) : 0, 2) + number(0, 10)
    directory += number(options.isLarge ? 0xFFFF_FFFF : UInt64(offset), 4) + Array(name.utf8)
    if options.isLarge { directory += large }
    count += 1
  }

  /// The archive with its list of entries.
  func finished(comment: String = "", isLarge: Bool = false) -> [UInt8] {
    let (offset, size) = (UInt64(bytes.count - start), UInt64(directory.count))
    var file = bytes + directory
    if isLarge {
      let place = UInt64(file.count)
      file += number(0x0606_4b50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
      file +=
        number(UInt64(count), 8) + number(UInt64(count), 8) + number(size, 8) + number(offset, 8)
      file += number(0x0706_4b50, 4) + number(0, 4) + number(place, 8) + number(1, 4)
    }
    file += number(0x0605_4b50, 4) + number(0, 4)
    file +=
      number(isLarge ? 0xFFFF : UInt64(count), 2) + number(isLarge ? 0xFFFF : UInt64(count), 2)
    file += number(isLarge ? 0xFFFF_FFFF : size, 4) + number(isLarge ? 0xFFFF_FFFF : offset, 4)
    return file + number(UInt64(comment.utf8.count), 2) + Array(comment.utf8)
  }

  private func number(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
