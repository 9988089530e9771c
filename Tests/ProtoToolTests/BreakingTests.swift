import ProtoToolKit
import Testing

@Suite struct `The check for breaking changes` {
  private func breaks(_ old: String, _ new: String) throws -> [String] {
    let sample = SampleProtos.shop(old, becomes: new)
    #expect(sample.files != SampleProtos.shop.files, "the sample does not hold \(old)")
    return BreakingChanges(
      from: try SampleProtos.shop.descriptors(),
      to: try sample.descriptors()
    ).all()
  }

  @Test(arguments: [
    ("  repeated string tags = 3;", "", "field leadmesh.shop.v1.Article.tags is gone"),
    ("tags = 3", "tags = 5", "field leadmesh.shop.v1.Article.tags had number 3 and has 5"),
    (
      "string tags = 3", "string words = 3",
      "field leadmesh.shop.v1.Article.tags is now called words"
    ),
    ("string tags", "bytes tags", "field leadmesh.shop.v1.Article.tags was string and is bytes"),
    (
      "ArticleState article_state = 2", "int32 article_state = 2",
      "field leadmesh.shop.v1.Article.article_state was leadmesh.shop.v1.ArticleState and is int32"
    ),
    (
      "repeated string tags", "string tags",
      "field leadmesh.shop.v1.Article.tags was repeated and is singular"
    ),
    (
      "optional int32 number", "int32 number",
      "field leadmesh.shop.v1.Article.number was optional and is singular"
    ),
    (
      "int32 count = 1;", "oneof amount { int32 count = 1; }",
      "field leadmesh.shop.v1.CountResponse.count moved into a oneof"
    ),
    ("  reserved 9;\n", "", "message leadmesh.shop.v1.Article no longer reserves 9..<10"),
    (
      "  reserved \"colour\";\n", "",
      "message leadmesh.shop.v1.Article no longer reserves \"colour\""
    ),
    (
      "ARTICLE_STATE_FOR_SALE = 1", "ARTICLE_STATE_SOLD = 1",
      "enum value leadmesh.shop.v1.ArticleState.ARTICLE_STATE_FOR_SALE is gone"
    ),
    (
      "ARTICLE_STATE_FOR_SALE = 1", "ARTICLE_STATE_FOR_SALE = 2",
      "enum value leadmesh.shop.v1.ArticleState.ARTICLE_STATE_FOR_SALE was 1 and is 2"
    ),
    (
      "returns (CountResponse)", "returns (Article)",
      "rpc leadmesh.shop.v1.ShopService.Count returned leadmesh.shop.v1.CountResponse "
        + "and returns leadmesh.shop.v1.Article"
    ),
    (
      "returns (CountResponse)", "returns (stream CountResponse)",
      "rpc leadmesh.shop.v1.ShopService.Count streams"
    ),
    (
      "{get: \"/api/v1/articles\"}", "{get: \"/api/v1/goods\"}",
      "rpc leadmesh.shop.v1.ShopService.ListArticles no longer answers GET /api/v1/articles"
    ),
  ])
  func `refuses what clients would trip over`(old: String, new: String, line: String) throws {
    #expect(try breaks(old, new) == [line])
  }

  @Test func `refuses to lose messages, enums and methods`() throws {
    #expect(
      try breaks("CountResponse", "Tally").contains(
        "message leadmesh.shop.v1.CountResponse is gone"
      )
    )
    #expect(
      try breaks("ArticleState ", "State ").contains("enum leadmesh.shop.v1.ArticleState is gone")
    )
    #expect(
      try breaks("rpc Count(", "rpc Tally(") == ["rpc leadmesh.shop.v1.ShopService.Count is gone"]
    )
  }

  @Test func `refuses another package`() throws {
    let lines = try breaks("package leadmesh.shop.v1", "package leadmesh.store.v1")
    #expect(lines.contains("message leadmesh.shop.v1.Article is gone"))
  }

  @Test(arguments: [
    ("repeated string tags = 3;", "repeated string tags = 3; string note = 5;"),
    ("reserved 9;", "reserved 9 to 12;"),
    ("message CountRequest {}", "message CountRequest {} message Extra {}"),
    (
      "ARTICLE_STATE_FOR_SALE = 1;", "ARTICLE_STATE_FOR_SALE = 1; ARTICLE_STATE_SOLD = 2;"
    ),
    (
      "{get: \"/api/v1/articles\"}",
      "{get: \"/api/v1/articles\" additional_bindings {get: \"/api/v1/goods\"}}"
    ),
    ("// What is sold.", "// What was sold."),
  ])
  func `lets protos grow`(old: String, new: String) throws {
    #expect(try breaks(old, new) == [])
  }
}
