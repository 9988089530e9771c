import Glibc

/// Bytes that are kept in memory while they are few, and in a file without a name when they are many.
///
/// The file is unlinked before anything is in it: its space is free again when the process ends.
package final class Spool {
  private static let pageSize = 16 << 10
  private static let pagesInMemory = 64
  /// Bytes that are written to the file at a time.
  private static let writeSize = 64 << 10

  private let mostInMemory: Int
  private var descriptor: Int32 = -1
  /// Bytes that are in the file.
  private var written = 0
  /// Those that follow them.
  private var tail: [UInt8] = []
  /// Pages of the file, each in the place that its number has modulo their count.
  private var pages: [(number: Int, bytes: [UInt8])] = []

  /// - Parameter mostInMemory: bytes.
  package init(mostInMemory: Int) { self.mostInMemory = mostInMemory }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package var count: Int { written + tail.count }
  /// Whether a file was needed.
  var isInFile: Bool { descriptor >= 0 }

  /// Adds bytes at the end.
  ///
  /// - Throws: `SpoolFault` when there is no room for a file.
  package func append(_ bytes: some Collection<UInt8>) throws(SpoolFault) {
    tail.append(contentsOf: bytes)
    let limit = descriptor < 0 ? mostInMemory : Self.writeSize
    if tail.count > limit { try write() }
  }

  /// Reads bytes that were added; fewer when there are fewer.
  package func bytes(at offset: Int, count wanted: Int) throws(SpoolFault) -> [UInt8] {
    guard offset >= 0, wanted > 0, offset < count else { return [] }
    let end = offset + min(wanted, count - offset)
    if offset >= written { return Array(tail[offset - written..<end - written]) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - offset)
    var place = offset
    while place < min(end, written) {
      let number = place / Self.pageSize
      let page = try page(number)
      let start = place - number * Self.pageSize
      let stop = min(page.count, end - number * Self.pageSize)
      guard start < stop else { throw .unreadable }
      bytes += page[start..<stop]
      place += stop - start
    }
    if end > written { bytes += tail[..<(end - written)] }
    return bytes
  }

  private func page(_ number: Int) throws(SpoolFault) -> [UInt8] {
    let slot = number % Self.pagesInMemory
    if slot < pages.count, pages[slot].number == number { return pages[slot].bytes }
    let start = number * Self.pageSize
    let size = min(Self.pageSize, written - start)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let read = pread(descriptor, base + count, size - count, start + count)
        if read < 0, errno == EINTR { continue }
        guard read > 0 else {
          failed = true
          return
        }
        count += read
      }
    }
    if failed { throw .unreadable }
    guard size == Self.pageSize else { return bytes }
    while pages.count <= slot { pages.append((-1, [])) }
    pages[slot] = (number, bytes)
    return bytes
  }

  private func write() throws(SpoolFault) {
    if descriptor < 0 { descriptor = try Self.unnamedFile() }
    let (file, start) = (descriptor, written)
    let isWritten = tail.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let base = buffer.baseAddress {
        let count = pwrite(file, base + done, buffer.count - done, start + done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
    guard isWritten else { throw .unwritable }
    written += tail.count
    tail.removeAll(keepingCapacity: tail.count <= Self.writeSize * 2)
  }

  /// A file in the folder for temporary files that only its descriptor leads to.
  private static func unnamedFile() throws(SpoolFault) -> Int32 {
    let named = getenv("TMPDIR").map { String(cString: $0) }
    for folder in [named, "/var/tmp", "/tmp"].compactMap({ $0 }) where !folder.isEmpty {
      var path = Array("\(folder)/leadmesh-XXXXXX".utf8CString)
      let descriptor = path.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { mkstemp($0) } ?? -1
      }
      guard descriptor >= 0 else { continue }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      path.withUnsafeBufferPointer { buffer in _ = buffer.baseAddress.map { unlink($0) } }
      return descriptor
    }
    throw .unwritable
  }
}
