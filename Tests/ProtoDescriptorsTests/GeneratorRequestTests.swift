import ProtoDescriptors
import Testing

@Suite struct `What protoc asks of a plugin` {
  private let file = Wire().text(1, "a.proto").text(2, "a.v1").text(12, "proto3")
    .message(
      4,
      Wire().text(1, "Thing").message(7, Wire().message(51_003, Wire().text(2, "things")))
    )
    .text(400, "of a later protoc")

  /// The file with a comment at its first message.
  private var commented: Wire {
    let location = Wire().bytes(1, [4, 0]).bytes(2, [6, 0, 8]).text(3, " What is sold.\n")
    return file.message(9, Wire().message(1, location))
  }

  private func request() throws -> CodeGeneratorRequest {
    try CodeGeneratorRequest(
      wire: Wire().text(1, "a.proto").text(2, "module=ShopAPI").message(15, commented)
        .message(3, Wire().number(1, 3)).bytes
    )
  }

  @Test func `is files, those to generate from, and a parameter`() throws {
    let request = try request()
    #expect(request.chosen == ["a.proto"])
    #expect(request.parameter == "module=ShopAPI")
    #expect(request.files.map(\.name) == ["a.proto"])
    let message = try #require(request.files.first?.messages.first)
    #expect(message.location.comment == "What is sold." && message.location.line == 7)
    #expect(message.resource?.table == "things")
  }

  @Test func `is kept as a set without comments, unknown fields included`() throws {
    #expect(try request().descriptorSet == Wire().message(1, file).bytes)
  }

  @Test func `is refused when it is cut off`() throws {
    let wire = Wire().message(15, commented).bytes
    #expect(throws: DescriptorError.malformed) {
      try CodeGeneratorRequest(wire: Array(wire.dropLast()))
    }
  }
}

@Suite struct `What a plugin answers` {
  @Test func `is its files, with support for optional fields`() {
    var response = CodeGeneratorResponse()
    response.files = [("a.swift", "let ä = 1\n"), ("b.swift", "")]
    let files = [
      Wire().text(1, "a.swift").text(15, "let ä = 1\n"), Wire().text(1, "b.swift").text(15, ""),
    ]
    #expect(
      response.wireBytes()
        == Wire().number(2, 1).message(15, files[0]).message(15, files[1]).bytes
    )
  }

  @Test func `is why there are none`() {
    var response = CodeGeneratorResponse()
    response.error = "no access"
    #expect(response.wireBytes() == Wire().text(1, "no access").number(2, 1).bytes)
  }
}
