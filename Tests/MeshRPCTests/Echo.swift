import Glibc
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import Testing

/// A message with one text.
struct Text: Message, ExpressibleByStringLiteral {
  static var protoName: String { "test.v1.Text" }
  var text = ""
  var unknownFields = UnknownFields()

  init() {}
  init(stringLiteral text: String) { self.text = text }
  init(_ text: String) { self.text = text }

  func encode(into writer: inout WireWriter) {
    if !text.isEmpty { writer.string(text, tag: 10) }
    writer.unknownFields(unknownFields)
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10: text = try reader.string("text")
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

typealias Handler = @Sendable @LoopActor (Text, Call) async throws -> Text

func method(_ name: String, _ retry: RetryClass = .never, maxBytes: Int = 64 << 10)
  -> RPCMethod<Text, Text>
{
  RPCMethod(
    path: "/test.v1.Test/\(name)",
    needs: .none,
    retry: retry,
    maxRequestBytes: maxBytes
  )
}

let say = method("Say")
let anonymous: @Sendable (CallHead) throws(MeshError) -> Caller = { _ in
  Caller(tenant: nil, identity: .anonymous)
}

/// A server on a fresh Unix socket, and a channel to it.
@LoopActor
struct Stage {
  let server: RPCServer
  let channel: Channel
  let address: SocketAddress
  private let folder: String

  /// A server of the methods that `add` adds.
  init(
    observer: RPCObserver = RPCObserver(),
    limits: RPCServerLimits = RPCServerLimits(),
    authenticate: @escaping @Sendable (CallHead) throws(MeshError) -> Caller = anonymous,
    _ add: (inout RPCRouter) -> Void
  ) throws {
    var template = Array("/tmp/mesh-rpc-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    address = .unix(path: folder + "/s.sock")
    var router = RPCRouter()
    add(&router)
    server = RPCServer(
      router: router,
      authenticate: authenticate,
      limits: limits,
      observer: observer
    )
    try server.listen(on: address)
    channel = Channel(to: address, patience: .seconds(20))
  }

  /// A server of one method.
  init(_ method: RPCMethod<Text, Text>, _ handler: @escaping Handler) throws {
    try self.init { router in router.add(method, handler) }
  }

  func end() async {
    channel.close()
    await server.drain(within: .zero)
    rmdir(folder)
  }
}

/// Something that a test waits for.
@LoopActor
final class Signal {
  private(set) var isSet = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  nonisolated init() {}

  func set() {
    isSet = true
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  func wait() async {
    if !isSet { await withCheckedContinuation { waiting.append($0) } }
  }
}

@LoopActor
final class Log<Entry: Sendable> {
  var entries: [Entry] = []
  nonisolated init() {}
}

/// Suspends until the task is cancelled.
@LoopActor
func forever() async throws {
  try await MeshLoop.sleep(for: .seconds(3600))
}
