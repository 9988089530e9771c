import MeshCore
import ProtoDescriptors
import MeshProto
import Testing

@testable import ProtoToolKit

/// A message whose fields are texts or bytes, and are read and written here by number.
private struct Parts: Message {
  static var protoName: String { "" }

  var parts: [(number: UInt32, bytes: [UInt8])] = []
  var unknownFields = UnknownFields()

  subscript(number: UInt32) -> [[UInt8]] { parts.filter { $0.number == number }.map(\.bytes) }

  func text(_ number: UInt32) -> String {
    String(decoding: self[number].last ?? [], as: UTF8.self)
  }

  func encode(into writer: inout WireWriter) {
    for part in parts { writer.bytes(part.bytes, tag: part.number << 3 | 2) }
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while case let tag = try reader.nextTag(), tag != 0 {
      if tag & 7 == 2 {
        parts.append((tag >> 3, try reader.bytes()))
      } else {
        try reader.unknown(tag, into: &unknownFields)
      }
    }
  }

  static func == (left: Parts, right: Parts) -> Bool { left.wireBytes() == right.wireBytes() }
}

/// What the plugin answers to protoc.
private struct Generated {
  let error: String
  /// Text by file name.
  let files: [String: String]

  /// Generates the module `ShopAPI` from the files of the sample named so.
  init(_ sample: SampleProtos, of names: [String] = ["leadmesh/shop/v1/shop.proto"]) throws {
    var request = Parts()
    request.parts = names.map { (1, Array($0.utf8)) } + [(2, Array("module=ShopAPI".utf8))]
    request.parts += try Parts(wire: sample.descriptorSet())[1].map { (15, $0) }
    let generator = try CodeGenerator(request: request.wireBytes())
    let response = try Parts(wire: generator.response())
    error = response.text(1)
    files = Dictionary(
      try response[15].map { try Parts(wire: $0) }.map { ($0.text(1), $0.text(15)) },
      uniquingKeysWith: { $1 }
    )
  }
}

@Suite struct `The generator` {
  @Test func `makes a Swift file of each proto, and one of their descriptors`() throws {
    let generated = try Generated(.shop)
    #expect(generated.error.isEmpty)
    #expect(generated.files.keys.sorted() == ["ShopDescriptors.pb.swift", "shop_v1_shop.pb.swift"])
  }

  @Test(arguments: [
    "object: \"article\", action: \"create\", callers: [.member, .operator])",
    "object: \"article\", action: \"count\", callers: [.system])",
    "path: \"/leadmesh.shop.v1.ShopService/Count\"",
    "retry: .idempotencyKey", "retry: .noSideEffects", "retry: .never",
    "maxRequestBytes: 1024)", "maxRequestBytes: 4194304)",
    "  /// Counts, for other processes.\n",
    "  /// Words for it.\n  package var tags: [String] = []\n",
  ])
  func `puts into Swift what the proto says`(text: String) throws {
    let source = try #require(try Generated(.shop).files["shop_v1_shop.pb.swift"])
    #expect(source.contains(text))
  }

  @Test(arguments: [
    (
      "option (leadmesh.options.v1.access) = {object: \"article\", action: \"edit\"};", "",
      "leadmesh.shop.v1.ShopService.UpdateArticle lacks option (leadmesh.options.v1.access)"
    ),
    (
      "returns (CountResponse)", "returns (stream CountResponse)",
      "leadmesh.shop.v1.ShopService.Count: only unary methods are generated"
    ),
    (
      "callers: [4]", "callers: [9]",
      "leadmesh.shop.v1.ShopService.Count names callers that do not exist"
    ),
  ])
  func `refuses methods it cannot serve`(old: String, new: String, error: String) throws {
    let generated = try Generated(.shop(old, becomes: new))
    #expect(generated.error == error)
    #expect(generated.files.isEmpty)
  }

  @Test func `takes methods without needs outside of the product`() throws {
    let echo = SampleProtos(files: [
      "echo.proto": """
      syntax = "proto3";
      package echo.v1;
      service Echo { rpc Say(Words) returns (Words); }
      message Words {}
      """
    ])
    let generated = try Generated(echo, of: ["echo.proto"])
    #expect(generated.error.isEmpty)
    #expect(generated.files["echo.pb.swift"]?.contains("needs: .none") == true)
  }

  @Test func `embeds the descriptors of all imports, without comments`() throws {
    let source = try #require(try Generated(.shop).files["ShopDescriptors.pb.swift"])
    let base64 = try #require(source.split(separator: "\"").dropFirst().first)
    let bytes = try #require(Base64.decode(String(base64)))
    let files = try readDescriptorSet(bytes)
    #expect(files.last?.name == "leadmesh/shop/v1/shop.proto")
    #expect(files.contains { $0.name == "google/api/http.proto" })
    #expect(files.allSatisfy { $0.location.comment.isEmpty && $0.location.line == 1 })
    #expect(!String(decoding: bytes, as: UTF8.self).contains("Sells."))
  }
}

@Suite struct `A name in Swift` {
  @Test(arguments: [
    ("owner_id", "ownerId"), ("id", "id"), ("e164_number", "e164Number"), ("default", "`default`"),
    ("in", "`in`"), ("self", "self_"), ("unknown_fields", "unknownFields_"),
  ])
  func `of a field is lowerCamelCase, and never a keyword`(proto: String, swift: String) {
    #expect(SwiftNames.property(proto) == swift)
  }

  @Test(arguments: [
    ("CALLER_CLASS_MEMBER", "CallerClass", "member"),
    ("RETRY_WITH_REQUEST_ID", "Retry", "withRequestId"),
    ("OTHER_NAME", "Color", "otherName"), ("COLOR_16_BIT", "Color", "color16Bit"),
    ("HTTP_MODE_DEFAULT", "HTTPMode", "`default`"),
  ])
  func `of an enum's value drops the enum's name`(proto: String, type: String, swift: String) {
    #expect(SwiftNames.enumCase(proto, of: type) == swift)
  }
}
