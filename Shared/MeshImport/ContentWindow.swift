import MeshLoop

/// The stretch of a file that batches are read from: what the store has in one piece is more than a batch takes.
@LoopActor
final class ContentWindow {
  typealias Stretch = (bytes: [UInt8], isRest: Bool)

  private var held: (offset: Int, stretch: Stretch)?

  nonisolated init() {}

  /// The bytes from an offset on.
  ///
  /// - Parameters:
  ///   - offset: of the first byte.
  ///   - read: reads them from the store, at least `ImportLimits.windowBytes` or the rest.
  /// - Returns: as many bytes, and whether none follow.
  /// - Throws: what `read` throws.
  func bytes(
    from offset: Int,
    _ read: @LoopActor () async throws -> Stretch
  ) async throws -> Stretch {
    let wanted = ImportLimits.windowBytes
    if let known = slice(from: offset, wanted) { return known }
    let stretch = try await read()
    held = (offset, stretch)
    return slice(from: offset, wanted) ?? stretch
  }

  /// The bytes, if enough of them are held.
  private func slice(from offset: Int, _ wanted: Int) -> Stretch? {
    guard let held, held.offset <= offset else { return nil }
    let (bytes, begin) = (held.stretch.bytes, offset - held.offset)
    guard begin <= bytes.count, held.stretch.isRest || bytes.count - begin >= wanted else {
      return nil
    }
    let end = min(begin + wanted, bytes.count)
    return (Array(bytes[begin..<end]), held.stretch.isRest && end == bytes.count)
  }
}
