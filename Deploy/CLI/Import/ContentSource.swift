import MeshLoop

/// The content of a lead file, chunk by chunk, whatever its size.
@LoopActor
final class ContentSource {
  /// Half of what the service takes at once.
  static let chunkSize = 1 << 20

  /// The file's name, for people.
  let name: String
  private let read: (Int) throws(CommandError) -> [UInt8]
  private var peeked: [UInt8]?

  /// - Parameters:
  ///   - name: the file's.
  ///   - read: the next bytes, as many as asked for; fewer only at the end, none after it.
  init(name: String, read: @escaping (Int) throws(CommandError) -> [UInt8]) {
    self.name = name
    self.read = read
  }

  /// A file of any kind that can be read from its beginning, a pipe too.
  ///
  /// - Throws: `.failed` naming the file when it cannot be opened.
  convenience init(file path: String) throws(CommandError) {
    let file = try InputFile(path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self.init(name: name) { size throws(CommandError) in try file.read(size) }
  }

  /// The chunk that `next` will give.
  func peek() throws(CommandError) -> [UInt8] {
    if let peeked { return peeked }
    let chunk = try read(Self.chunkSize)
    peeked = chunk
    return chunk
  }

  /// The next chunk; empty at the end.
  func next() throws(CommandError) -> [UInt8] {
    let chunk = try peek()
    peeked = nil
    return chunk
  }
}
