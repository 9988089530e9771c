import ProtoToolKit
import Testing

@Suite struct `Lint of protos` {
  @Test func `finds nothing in protos that follow the rules`() throws {
    #expect(try Linter(SampleProtos.shop.descriptors()).findings() == [])
  }

  @Test(arguments: [
    (
      "package leadmesh.shop.v1", "package leadmesh.store.v1",
      "is not its folder's: leadmesh.shop.v1"
    ),
    ("CountResponse", "countResponse", "message countResponse is not PascalCase"),
    ("service ShopService", "service shopService", "service shopService is not PascalCase"),
    (
      "repeated string tags", "repeated string tagWords", "Article.tagWords is not lower_snake_case"
    ),
    ("ARTICLE_STATE_FOR_SALE", "FOR_SALE", "value FOR_SALE does not begin with ARTICLE_STATE_"),
    (
      "ARTICLE_STATE_UNSPECIFIED", "ARTICLE_STATE_NEW",
      "does not begin with ARTICLE_STATE_UNSPECIFIED = 0"
    ),
  ])
  func `holds names to their forms`(old: String, new: String, finding: String) throws {
    try expect(finding, after: old, becomes: new)
  }

  @Test(arguments: [
    ("// Sells.\n", "service ShopService has no comment"),
    ("  // Counts, for other processes.\n", "rpc Count has no comment"),
    ("// What is sold.\n", "message Article has no comment"),
    ("  // Words for it.\n", "field Article.tags has no comment"),
    ("// How far an article is.\n", "enum ArticleState has no comment"),
    ("  // On the shelf.\n", "enum value ARTICLE_STATE_FOR_SALE has no comment"),
  ])
  func `wants every element explained`(comment: String, finding: String) throws {
    try expect(finding, after: comment, becomes: "")
  }

  @Test(arguments: [
    (
      "option (leadmesh.options.v1.access) = {object: \"article\", action: \"edit\"};", "",
      "rpc UpdateArticle lacks option (leadmesh.options.v1.access)"
    ),
    ("action: \"edit\"", "action: \"\"", "UpdateArticle does not name the object and action"),
    (
      "action: \"edit\"", "action: \"edit\" per_record: true",
      "UpdateArticle is per_record and names an object or action"
    ),
    (
      "action: \"edit\"", "action: \"edit\" route_by: \"article\"",
      "UpdateArticle is routed by article, which is no text of its request"
    ),
    (
      "action: \"edit\"", "action: \"edit\" download: \"text/csv\"",
      "UpdateArticle is a download without cursor, content and next_cursor"
    ),
    ("callers: [4]", "callers: [0]", "Count lets CALLER_CLASS_UNSPECIFIED call it"),
    ("callers: [4]", "callers: [2, 4]", "Count is for members and lacks option (google.api.http)"),
    (
      "/api/v1/articles/{article.id}", "/api/v1/articles/{article.key}",
      "UpdateArticle has {article.key} in its path, which must be a plain field"
    ),
    (
      "/api/v1/articles/{article.id}", "/api/v1/articles/{article.tags}",
      "UpdateArticle has {article.tags} in its path, which must be a plain field"
    ),
    ("post: \"/api/v1/articles\"", "post: \"/articles\"", "does not begin with /api/v1/"),
    (
      "body: \"article\"};\n  }\n  // Art", "body: \"thing\"};\n  }\n  // Art", "has the body thing"
    ),
    ("get: \"/api/v1/articles\"", "get: \"/api/v1/articles\" body: \"*\"", "has a body with GET"),
    (
      "get: \"/api/v1/articles\"", "post: \"/api/v1/articles\"",
      "rpc ListArticles: POST /api/v1/articles is already that of CreateArticle"
    ),
  ])
  func `wants every method's needs and REST path`(
    old: String,
    new: String,
    finding: String
  ) throws {
    try expect(finding, after: old, becomes: new)
  }

  @Test(arguments: [
    ("CountRequest", "CountingRequest", "rpc Count does not take CountRequest"),
    ("CountResponse", "CountingResponse", "rpc Count returns neither CountResponse nor a resource"),
    ("string request_id", "string request_key", "CreateArticle does not take string request_id"),
    ("int32 page_size", "int64 page_size", "ListArticles does not take int32 page_size"),
    ("string page_token", "string token", "ListArticles does not take string page_token"),
    ("next_page_token", "next_token", "ListArticles does not return string next_page_token"),
    (
      "google.protobuf.FieldMask update_mask", "string update_mask",
      "UpdateArticle does not take google.protobuf.FieldMask update_mask"
    ),
  ])
  func `wants the standard requests and responses`(
    old: String,
    new: String,
    finding: String
  ) throws {
    try expect(finding, after: old, becomes: new)
  }

  @Test func `wants a version at the end of the package`() throws {
    let text = try #require(SampleProtos.shop.files["leadmesh/shop/v1/shop.proto"])
    var sample = SampleProtos.shop
    sample.files["leadmesh/shop/v1/shop.proto"] = nil
    sample.files["leadmesh/shop/shop.proto"] = text.replacing("shop.v1;", with: "shop;")
    let findings = try Linter(sample.descriptors()).findings()
    #expect(
      findings.map(\.message) == ["package leadmesh.shop does not end in a version, such as v1"]
    )
  }

  @Test func `refuses proto2`() throws {
    let sample = SampleProtos(files: [
      "leadmesh/old/v1/old.proto": "syntax = \"proto2\"; package leadmesh.old.v1;"
    ])
    let findings = try Linter(sample.descriptors()).findings()
    #expect(findings.map(\.message) == ["the file's syntax is not proto3"])
  }

  @Test(arguments: ["shop", "store", ""])
  func `wants a record to be of the service that the registry of kinds names`(
    service: String
  ) throws {
    let sample = SampleProtos(files: [
      "leadmesh/type/v1/kinds.proto": """
      syntax = "proto3";
      package leadmesh.type.v1;
      import "google/protobuf/descriptor.proto";
      extend google.protobuf.EnumValueOptions { KindTraits kind = 51005; }
      // Traits.
      message KindTraits {
        // Prefix.
        string prefix = 1;
        // Service.
        string service = 3;
      }
      // Kinds.
      enum Kind {
        // None.
        KIND_UNSPECIFIED = 0;
        // An article.
        KIND_ARTICLE = 1 [(kind) = {prefix: "article", service: "\(service)"}];
      }
      """,
      "leadmesh/shop/v1/article.proto": """
      syntax = "proto3";
      package leadmesh.shop.v1;
      import "google/protobuf/descriptor.proto";
      import "leadmesh/type/v1/kinds.proto";
      extend google.protobuf.MessageOptions { Traits resource = 51003; }
      // Traits.
      message Traits {
        // Kind.
        leadmesh.type.v1.Kind kind = 1;
      }
      // An article.
      message Article { option (resource).kind = KIND_ARTICLE; }
      """,
    ])
    let named = service.isEmpty ? "no service" : service
    #expect(
      try Linter(sample.descriptors()).findings().map(\.message)
        == (service == "shop"
          ? [] : ["message Article is a record of shop, and KIND_ARTICLE is of \(named)"])
    )
  }

  @Test func `names the file and line`() throws {
    let sample = SampleProtos.shop(
      "// Sells.\nservice ShopService",
      becomes: "\n\n// Sells.\nservice shopService"
    )
    let finding = try #require(try Linter(sample.descriptors()).findings().first)
    #expect(
      finding.description
        == "leadmesh/shop/v1/shop.proto:11: service shopService is not PascalCase"
    )
  }

  /// The change must give the finding; it may give others too.
  private func expect(_ finding: String, after old: String, becomes new: String) throws {
    let sample = SampleProtos.shop(old, becomes: new)
    #expect(sample.files != SampleProtos.shop.files, "the sample does not hold \(old)")
    let messages = try Linter(sample.descriptors()).findings().map(\.message)
    #expect(messages.contains { $0.contains(finding) }, "\(messages)")
  }
}
