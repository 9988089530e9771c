import MeshLoop

/// The content of a file of any size, chunk by chunk.
@LoopActor
final class ContentSource {
  /// Half of the largest chunk that the service accepts.
  static let chunkSize = 1 << 20

  /// The file's name to show to people.
  let name: String
  private let read: (Int) throws(CommandError) -> [UInt8]
  private var peeked: [UInt8]?

  /// - Parameters:
  ///   - name: the file's name.
  ///   - read: returns the next bytes, as many as requested; fewer only at the end, none after it.
  init(name: String, read: @escaping (Int) throws(CommandError) -> [UInt8]) {
    self.name = name
    self.read = read
  }

  /// Any file that can be read from its beginning, such as a regular file or a pipe.
  ///
  /// - Throws: `.failed` naming the file when it cannot be opened.
  convenience init(file path: String) throws(CommandError) {
    let file = try InputFile(path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self.init(name: name) { size throws(CommandError) in try file.read(size) }
  }

  /// The chunk that `next` will return.
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
