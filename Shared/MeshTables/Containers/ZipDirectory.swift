/// Reads the list of entries at the end of a zip archive (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).
struct ZipDirectory {
  private static let mostEntries = 65_536
  private static let mostBytes = 16 << 20
  private static let endSize = 22
  private static let headerSize = 46

  private let source: ByteSource
  /// What its file is called in a fault.
  private let kind: FileKind

  init(_ source: ByteSource, _ kind: FileKind) {
    self.source = source
    self.kind = kind
  }

  /// The entries, in the archive's order.
  ///
  /// - Throws: `ContainerFault`, or what the source throws.
  func entries() throws -> [ZipEntry] {
    let end = try end()
    guard end.size <= Self.mostBytes, end.count <= Self.mostEntries else {
      throw ContainerFault.tooLarge("\(end.count) files")
    }
    // Bytes may stand before the archive: what it says of places is then that much too small.
    let shift = end.position - end.size - end.offset
    guard shift >= 0, let bytes = try source.bytes(at: end.offset + shift, count: end.size) else {
      throw ContainerFault.malformed(kind)
    }
    let directory = LittleEndian(bytes)
    var entries: [ZipEntry] = []
    var offset = 0
    while entries.count < Self.mostEntries, directory.number(at: offset, size: 4) == 0x0201_4b50 {
      guard let next = entry(directory, at: offset, shift) else {
        throw ContainerFault.malformed(kind)
      }
      entries.append(next.entry)
      offset += next.length
    }
    guard entries.count == end.count else { throw ContainerFault.malformed(kind) }
    return entries
  }

  /// Where the list is: its end, its size, its offset as the archive says, and how many it has.
  private struct End {
    var position: Int
    var size: Int
    var offset: Int
    var count: Int
  }

  private func end() throws -> End {
    let length = min(source.count, Self.endSize + 0xFFFF)
    let start = source.count - length
    guard let bytes = try source.bytes(at: start, count: length) else {
      throw ContainerFault.malformed(kind)
    }
    let tail = LittleEndian(bytes)
    var place = length - Self.endSize
    while place >= 0 {
      // A comment may follow, and may itself look like an end: the lengths must agree.
      if tail.number(at: place, size: 4) == 0x0605_4b50,
        let comment = tail.place(at: place + 20, size: 2),
        comment <= length - place - Self.endSize,
        let count = tail.place(at: place + 10, size: 2),
        let size = tail.place(at: place + 12, size: 4),
        let offset = tail.place(at: place + 16, size: 4)
      {
        let found = End(position: start + place, size: size, offset: offset, count: count)
        let isLarge = count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF
        return try isLarge ? largeEnd(before: found) : found
      }
      place -= 1
    }
    throw ContainerFault.malformed(kind)
  }

  /// The end of an archive with numbers of 64 bits.
  private func largeEnd(before end: End) throws -> End {
    guard let locator = try source.bytes(at: end.position - 20, count: 20).map(LittleEndian.init),
      locator.number(at: 0, size: 4) == 0x0706_4b50
    else { return end }
    // It directly precedes its locator, unless it says otherwise of bytes before the archive.
    let told = locator.place(at: 8, size: 8) ?? -1
    for place in [told, end.position - 20 - 56] {
      guard let record = try source.bytes(at: place, count: 56).map(LittleEndian.init),
        record.number(at: 0, size: 4) == 0x0606_4b50,
        let count = record.place(at: 32, size: 8), let size = record.place(at: 40, size: 8),
        let offset = record.place(at: 48, size: 8), size <= place, offset <= place
      else { continue }
      return End(position: place, size: size, offset: offset, count: count)
    }
    throw ContainerFault.malformed(kind)
  }

  private func entry(
    _ directory: LittleEndian,
    at start: Int,
    _ shift: Int
  ) -> (entry: ZipEntry, length: Int)? {
    guard let flags = directory.number(at: start + 8, size: 2),
      let method = directory.number(at: start + 10, size: 2),
      let checksum = directory.number(at: start + 16, size: 4),
      var packed = directory.place(at: start + 20, size: 4),
      var size = directory.place(at: start + 24, size: 4),
      let nameLength = directory.place(at: start + 28, size: 2),
      let extraLength = directory.place(at: start + 30, size: 2),
      let commentLength = directory.place(at: start + 32, size: 2),
      var offset = directory.place(at: start + 42, size: 4),
      let name = directory.slice(at: start + Self.headerSize, count: nameLength),
      let extra = directory.slice(at: start + Self.headerSize + nameLength, count: extraLength)
    else { return nil }
    var large = LargeSizes(Array(extra))
    if size == 0xFFFF_FFFF { size = large.next() ?? size }
    if packed == 0xFFFF_FFFF { packed = large.next() ?? packed }
    if offset == 0xFFFF_FFFF { offset = large.next() ?? offset }
    guard offset <= source.count, packed <= source.count else { return nil }
    let entry = ZipEntry(
      name: String(decoding: name, as: UTF8.self).replacing("\\", with: "/"),
      method: UInt16(truncatingIfNeeded: method),
      isEncrypted: flags & 1 != 0,
      checksum: UInt32(truncatingIfNeeded: checksum),
      packedSize: packed,
      size: size,
      offset: offset + shift
    )
    return (entry, Self.headerSize + nameLength + extraLength + commentLength)
  }
}
