import MeshZip

/// A zip archive, of which entries are read one after the other.
///
/// What is read of it is bounded as a whole, so that a small archive cannot keep a process busy.
package final class ZipArchive {
  let entries: [ZipEntry]
  let limits: ContainerLimits
  /// What its file is called in a fault.
  let kind: FileKind
  private let source: ByteSource
  private var inflated = 0

  /// Reads the list of the entries.
  ///
  /// - Parameters:
  ///   - source: the archive's file.
  ///   - kind: what its file is.
  ///   - limits: of what is read.
  /// - Throws: `ContainerFault`, or what the source throws.
  package init(
    _ source: ByteSource,
    _ kind: FileKind = .zip,
    limits: ContainerLimits = .init()
  ) throws {
    self.source = source
    self.kind = kind
    self.limits = limits
    entries = try ZipDirectory(source, kind).entries()
  }

  /// An entry by its path; as a second choice, whatever the case of its letters.
  func entry(_ path: String) -> ZipEntry? {
    if let entry = entries.first(where: { $0.name == path }) { return entry }
    let folded = path.lowercased()
    return entries.first { $0.name.utf8.count == path.utf8.count && $0.name.lowercased() == folded }
  }

  /// What an entry holds, piece by piece.
  func stream(_ entry: ZipEntry) -> ByteStream {
    ByteStream { take in try self.read(entry, take) }
  }

  /// Reads all that an entry holds.
  ///
  /// - Parameters:
  ///   - entry: of this archive.
  ///   - take: gets it piece by piece.
  /// - Throws: `ContainerFault`, or what the source or `take` throws.
  private func read(_ entry: ZipEntry, _ take: ([UInt8]) throws -> Void) throws {
    if entry.isEncrypted { throw ContainerFault.locked(kind) }
    let start = try dataOffset(of: entry)
    guard entry.packedSize <= source.count - start else { throw ContainerFault.malformed(kind) }
    var checksum = Checksum()
    func give(_ piece: [UInt8]) throws {
      try count(piece.count)
      checksum.add(piece)
      try take(piece)
    }
    switch entry.method {
    case 0: try slices(from: start, count: entry.packedSize, give)
    case 8:
      var body = GunzipBody(isBare: true)
      try slices(from: start, count: entry.packedSize) { slice in
        do { try body.add(slice, give) } catch is GzipFault {
          throw ContainerFault.malformed(kind)
        }
      }
      guard body.isComplete else { throw ContainerFault.malformed(kind) }
    default: throw ContainerFault.unreadable(kind)
    }
    guard checksum.value == entry.checksum else { throw ContainerFault.malformed(kind) }
  }

  private func count(_ bytes: Int) throws {
    try limits.check()
    inflated += bytes
    guard inflated <= limits.inflatedBytes else {
      throw ContainerFault.tooLarge("more than \(limits.inflatedBytes >> 20) MiB, unpacked")
    }
  }

  private func slices(from start: Int, count: Int, _ take: ([UInt8]) throws -> Void) throws {
    var done = 0
    while done < count {
      let size = min(ByteSource.sliceSize, count - done)
      guard let slice = try source.bytes(at: start + done, count: size) else {
        throw ContainerFault.malformed(kind)
      }
      try take(slice)
      done += size
    }
  }

  /// Where an entry's bytes begin: behind its own header, whose length the list does not say.
  private func dataOffset(of entry: ZipEntry) throws -> Int {
    guard let header = try source.bytes(at: entry.offset, count: 30).map(LittleEndian.init),
      header.number(at: 0, size: 4) == 0x0403_4b50,
      let name = header.place(at: 26, size: 2), let extra = header.place(at: 28, size: 2),
      entry.offset + 30 + name + extra <= source.count
    else { throw ContainerFault.malformed(kind) }
    return entry.offset + 30 + name + extra
  }
}
