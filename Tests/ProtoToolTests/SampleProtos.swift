import FoundationEssentials
import ProtoDescriptors
import ProtoToolKit

/// Protos in a folder of their own for the time of one test, parsed by the system's protoc.
struct SampleProtos {
  /// Text by name, `leadmesh/shop/v1/shop.proto`.
  var files: [String: String]

  /// A small API that follows every rule.
  static let shop = SampleProtos(files: [
    "leadmesh/shop/v1/shop.proto": shopText,
    "leadmesh/options/v1/options.proto": optionsText,
  ])

  /// The shop after `old` in its text became `new`.
  static func shop(_ old: String, becomes new: String) -> SampleProtos {
    var sample = shop
    sample.files["leadmesh/shop/v1/shop.proto"] = shopText.replacing(old, with: new)
    return sample
  }

  /// The descriptors of all files, with comments and lines.
  func descriptors() throws -> [FileDescriptor] {
    try readDescriptorSet(descriptorSet())
  }

  func descriptorSet() throws -> [UInt8] {
    let root = FileManager.default.temporaryDirectory.appending(path: "protos-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for (name, text) in files {
      let file = root.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
    return try Protoc(root: root.path).descriptorSet(sourceInfo: true)
  }

  private static let optionsText = """
    syntax = "proto3";
    // Options.
    package leadmesh.options.v1;
    import "google/protobuf/descriptor.proto";
    extend google.protobuf.MethodOptions {
      // Access.
      MethodAccess access = 51001;
    }
    // Access.
    message MethodAccess {
      // Object.
      string object = 1;
      // Action.
      string action = 2;
      // Callers.
      repeated int32 callers = 3;
      // Retry.
      int32 retry = 4;
      // Bytes.
      uint32 max_request_bytes = 5;
      // By record.
      bool per_record = 7;
      // By id.
      string route_by = 8;
      // Body.
      string download = 9;
    }
    """

  private static let shopText = """
    syntax = "proto3";
    // A shop.
    package leadmesh.shop.v1;
    import "google/api/annotations.proto";
    import "google/protobuf/field_mask.proto";
    import "leadmesh/options/v1/options.proto";

    // Sells.
    service ShopService {
      // Puts an article up.
      rpc CreateArticle(CreateArticleRequest) returns (Article) {
        option (leadmesh.options.v1.access) = {object: "article", action: "create", retry: 2};
        option (google.api.http) = {post: "/api/v1/articles" body: "article"};
      }
      // Articles, a page at a time.
      rpc ListArticles(ListArticlesRequest) returns (ListArticlesResponse) {
        option (leadmesh.options.v1.access) = {object: "article", action: "read", retry: 1};
        option (google.api.http) = {get: "/api/v1/articles"};
      }
      // Changes an article.
      rpc UpdateArticle(UpdateArticleRequest) returns (Article) {
        option (leadmesh.options.v1.access) = {object: "article", action: "edit"};
        option (google.api.http) = {patch: "/api/v1/articles/{article.id}" body: "article"};
      }
      // Counts, for other processes.
      rpc Count(CountRequest) returns (CountResponse) {
        option (leadmesh.options.v1.access) = {
          object: "article", action: "count", callers: [4], max_request_bytes: 1024
        };
      }
    }

    // What is sold.
    message Article {
      // Its id.
      string id = 1;
      // Its state.
      ArticleState article_state = 2;
      // Words for it.
      repeated string tags = 3;
      // Its number in the catalogue.
      optional int32 number = 4;
      reserved 9;
      reserved "colour";
    }

    // How far an article is.
    enum ArticleState {
      // Not known.
      ARTICLE_STATE_UNSPECIFIED = 0;
      // On the shelf.
      ARTICLE_STATE_FOR_SALE = 1;
    }

    // Puts one up.
    message CreateArticleRequest {
      // It.
      Article article = 1;
      // Idempotency key.
      string request_id = 2;
    }
    // Asks for a page.
    message ListArticlesRequest {
      // Rows.
      int32 page_size = 1;
      // Where.
      string page_token = 2;
    }
    // A page.
    message ListArticlesResponse {
      // Rows.
      repeated Article articles = 1;
      // The next.
      string next_page_token = 2;
    }
    // Changes one.
    message UpdateArticleRequest {
      // It.
      Article article = 1;
      // What of it.
      google.protobuf.FieldMask update_mask = 2;
    }
    // Asks.
    message CountRequest {}
    // Says.
    message CountResponse {
      // So many.
      int32 count = 1;
    }

    """
}
