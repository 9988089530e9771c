import ErrandsAPI
import MeshCore
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRecords
import Testing

@testable import ErrandsService
@testable import MeshImport

@Suite @LoopActor struct `Many long headings` {
  /// In which calls are done.
  @LoopActor private final class Order {
    var calls: [String] = []
  }

  private let bench: ErrandBench

  init() throws { bench = try ErrandBench() }

  /// A thousand headings of that many bytes.
  private static func headings(_ bytes: Int) -> [String] {
    (0..<1_000).map { number in
      let text = "c\(number)"
      return text + String(repeating: "x", count: bytes - text.utf8.count)
    }
  }

  @Test func `are looked up while others use the loop`() async throws {
    let (engine, call) = (bench.engine, bench.call)
    let order = Order()
    let asking = Task.immediate { @LoopActor in
      let mapping = try await engine.suggestion(for: Self.headings(100), call)
      order.calls.append("suggestion")
      return mapping.columns.count
    }
    order.calls.append("another call")
    #expect(try await asking.value == 1_000)
    #expect(order.calls == ["another call", "suggestion"])
  }

  @Test func `are refused if they have more bytes together than a header can have`() async throws {
    let fine = try await bench.engine.suggestion(for: Self.headings(131), bench.call)
    #expect(fine.columns.count == 1_000)
    let refused = await #expect(throws: MeshError.self) {
      _ = try await bench.engine.suggestion(for: Self.headings(132), bench.call)
    }
    #expect(refused?.violations.map(\.description) == ["must have at most 128 KiB together"])
    let headings = ["Title", "External ID"] + Self.headings(132).prefix(998)
    let file = headings.joined(separator: ",") + "\nFetch,1\n"
    let id = try await bench.started(Array(file.utf8))
    try await bench.steps.work(id, of: bench.tenant)
    let job = try #require(try await bench.job(id))
    #expect(job.state == .failed && job.failure.contains("128 KiB together"))
  }

  @Test func `are found by what is written, and else by what is meant, the first of several`() {
    let header = Header(["Due", " Task ", "Task", "", "Task"], Errand.schema, [])
    #expect(header.place(of: "Task", nil) == 2)
    #expect(header.place(of: "Task  ", nil) == 1)
    #expect(header.place(of: "", nil) == 3)
    #expect(header.place(of: "due", nil) == nil)
  }
}
