import Testing

@testable import ProtoDescriptors

@Suite struct `Options by number` {
  private func options(_ wire: Wire) throws -> OptionFields { try OptionFields(wire: wire.bytes) }

  @Test func `are absent, or read as they came`() throws {
    let options = try options(Wire().number(1, -5).text(51_001, "ä\u{0}b").number(3, 1))
    #expect(options.integer(1) == -5)
    #expect(options.text(51_001) == "ä\u{0}b")
    #expect(options.flag(3))
    #expect(options.has(3) && !options.has(2))
    #expect(options.text(2).isEmpty && options.integer(2) == 0 && !options.flag(2))
    #expect(try options.message(2) == nil && options.messages(2).isEmpty)
  }

  @Test func `that come twice have their last value, and all of them when they repeat`() throws {
    let options = try options(Wire().text(1, "a").number(2, 7).text(1, "b").number(2, 8))
    #expect(options.text(1) == "b")
    #expect(options.texts(1) == ["a", "b"])
    #expect(try options.integers(2) == [7, 8])
  }

  @Test func `of numbers may be packed`() throws {
    let packed = Wire.varint(1) + Wire.varint(300) + Wire.varint(.max)
    let options = try options(Wire().bytes(3, packed).number(3, 4).bytes(4, [0x80]))
    #expect(try options.integers(3) == [1, 300, -1, 4])
    #expect(throws: DescriptorError.malformed) { try options.integers(4) }
  }

  @Test func `of fixed width have their bits`() throws {
    let options = try options(
      Wire().adding(1, 5, [1, 2, 3, 4]).adding(2, 1, [1, 0, 0, 0, 0, 0, 0, 0x80])
    )
    #expect(options.integer(1) == 0x0403_0201)
    #expect(options.integer(2) == .min + 1)
  }

  @Test func `hold messages, and merge the parts of one`() throws {
    let options = try options(
      Wire().message(1, Wire().text(1, "a")).message(1, Wire().text(2, "b")).bytes(2, [0x0a])
    )
    #expect(try options.message(1)?.text(1) == "a")
    #expect(try options.message(1)?.text(2) == "b")
    #expect(try options.messages(1).map { $0.text(2) } == ["", "b"])
    #expect(throws: DescriptorError.malformed) { try options.message(2) }
  }

  @Test(
    arguments: [
      [0x08], [0x0a, 0x02, 0x61], [0x0b, 0x0c], [0x0d, 0, 0],
      [0x08]
        + .init(
          repeating: 0xff,
          count: 11
        ),
    ] as [[UInt8]]
  )
  func `that are no message are refused`(bytes: [UInt8]) {
    #expect(throws: DescriptorError.malformed) { try OptionFields(wire: bytes) }
  }
}

@Suite struct `A method's options` {
  /// The method of a service with these options.
  private func method(_ options: Wire) throws -> MethodDescriptor {
    let method = Wire().text(1, "Get").text(2, ".shop.v1.GetRequest").text(3, ".shop.v1.Thing")
      .message(4, options)
    let service = Wire().text(1, "ShopService").message(2, method)
    let file = Wire().text(2, "shop.v1").message(6, service)
    let files = try readDescriptorSet(Wire().message(1, file).bytes)
    return try #require(files.first?.services.first?.methods.first)
  }

  private func rule(_ rule: Wire) throws -> [HTTPBinding] {
    try method(Wire().message(Int(HTTPBinding.extensionNumber), rule)).http
  }

  @Test func `leave a method with its name and types when there are none`() throws {
    let method = try method(Wire())
    #expect(method.path == "/shop.v1.ShopService/Get")
    #expect(method.input == "shop.v1.GetRequest" && method.output == "shop.v1.Thing")
    #expect(method.access == nil && method.http.isEmpty && !method.isStreaming)
  }

  @Test func `say who may call it`() throws {
    let access = Wire().text(1, "thing").text(2, "read").bytes(3, [1, 4]).number(4, 1).number(6, 1)
    let read = try method(Wire().message(51_001, access)).access
    #expect(read?.object == "thing" && read?.action == "read" && read?.tenantless == true)
    #expect(read?.callers == [.anonymous, .system])
    #expect(read?.retry == .noSideEffects)
    #expect(read?.maxRequestBytes == 4 << 20)
  }

  @Test func `bind it to REST, with additional bindings behind the first`() throws {
    let more = Wire().text(6, "/things/{id}").text(7, "*")
    let bindings = try rule(Wire().text(2, "/things/{thing.id}").message(11, more))
    #expect(bindings.map(\.verb) == ["GET", "PATCH"])
    #expect(bindings.map(\.path) == ["/things/{thing.id}", "/things/{id}"])
    #expect(bindings.map(\.body) == ["", "*"])
    #expect(bindings.map(\.variables) == [["thing.id"], ["id"]])
    #expect(bindings.allSatisfy { $0.unsupported == nil })
  }

  @Test func `name what of REST is not supported`() throws {
    #expect(try rule(Wire().text(4, "/x").text(12, "name")).first?.unsupported == "response_body")
    #expect(try rule(Wire().message(8, Wire().text(1, "HEAD"))).first?.unsupported == "custom")
  }
}
