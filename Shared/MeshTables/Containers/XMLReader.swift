import CExpat

/// Reads XML (through expat) piece by piece, in constant memory.
///
/// Files that declare a document type are refused: with it go entities, of which none is expanded.
struct XMLReader: ~Copyable {
  private let parser: OpaquePointer
  private let session: XMLSession

  /// - Parameters:
  ///   - handler: gets what is read.
  ///   - kind: what the file is called in a fault.
  init(_ handler: any XMLHandler, _ kind: FileKind) {
    guard let parser = XML_ParserCreate(nil) else { fatalError("expat cannot start") }
    self.parser = parser
    session = XMLSession(handler, parser, kind)
    XML_SetUserData(parser, Unmanaged.passUnretained(session).toOpaque())
    XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let name, let attributes else { return }
        XMLSession.of(user)?.start(XMLName(name), XMLAttributes(attributes))
      },
      { user, name in
        guard let name else { return }
        XMLSession.of(user)?.end(XMLName(name))
      }
    )
    XML_SetCharacterDataHandler(parser) { user, text, count in
      guard let text, count > 0 else { return }
      text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
        XMLSession.of(user)?.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
      }
    }
    XML_SetCommentHandler(parser) { user, _ in XMLSession.of(user)?.meet() }
    XML_SetProcessingInstructionHandler(parser) { user, _, _ in XMLSession.of(user)?.meet() }
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      guard let session = XMLSession.of(user) else { return }
      session.fail(ContainerFault.malformed(session.kind))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads the next bytes of the file.
  ///
  /// - Parameters:
  ///   - bytes: as they come, in pieces of any size up to 1 GiB.
  ///   - isLast: whether the file ends with them.
  /// - Throws: `ContainerFault.malformed`, or what the handler throws.
  func add(_ bytes: [UInt8], isLast: Bool = false) throws {
    session.fed += bytes.count
    let status = bytes.withUnsafeBytes { buffer in
      let text = buffer.bindMemory(to: CChar.self)
      return XML_Parse(parser, text.baseAddress, Int32(text.count), isLast ? 1 : 0)
    }
    if let failure = session.failure { throw failure }
    guard status == XML_STATUS_OK, !session.isStuck else {
      throw ContainerFault.malformed(session.kind)
    }
  }

  /// Reads a whole file.
  static func read(_ stream: ByteStream, _ handler: any XMLHandler, _ kind: FileKind) throws {
    let reader = XMLReader(handler, kind)
    try stream.forEach { bytes in try reader.add(bytes) }
    try reader.add([], isLast: true)
  }
}
