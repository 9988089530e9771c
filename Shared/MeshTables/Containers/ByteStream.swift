/// Bytes that come in their order, as often as they are asked for.
struct ByteStream {
  private let run: (_ take: ([UInt8]) throws -> Void) throws -> Void

  init(_ run: @escaping (_ take: ([UInt8]) throws -> Void) throws -> Void) { self.run = run }

  func forEach(_ take: ([UInt8]) throws -> Void) throws { try run(take) }

  /// The first bytes, as many as there are.
  func start(_ count: Int) throws -> [UInt8] {
    struct Enough: Error {}
    var bytes: [UInt8] = []
    do {
      try run { piece in
        bytes += piece
        if bytes.count >= count { throw Enough() }
      }
    } catch is Enough {}
    return Array(bytes.prefix(count))
  }

  /// The same, refused where it goes beyond a limit.
  ///
  /// - Parameters:
  ///   - most: bytes.
  ///   - what: they are, for the fault.
  /// - Returns: the stream; reading it throws `ContainerFault.tooLarge`.
  func limited(to most: Int, of what: String) -> ByteStream {
    ByteStream { take in
      var count = 0
      try run { bytes in
        count += bytes.count
        guard count <= most else {
          throw ContainerFault.tooLarge("more than \(most >> 20) MiB in \(what)")
        }
        try take(bytes)
      }
    }
  }

  /// The same in UTF-8, where a mark says that they are UTF-16; without the mark of either.
  var plain: ByteStream {
    ByteStream { take in
      var text = MarkedText()
      try run { bytes in
        let plain = text.add(bytes)
        if !plain.isEmpty { try take(plain) }
      }
      let rest = text.finish()
      if !rest.isEmpty { try take(rest) }
    }
  }
}
