import MeshCore
import MeshLoop
import MeshRPC
import MeshTestScale
import Testing

@Suite struct `A unary call` {
  @Test @LoopActor func `brings the request there and the answer back`() async throws {
    let stage = try Stage(say) { request, _ in Text("you said " + request.text) }
    #expect(try await stage.channel.call(say, "hello") == "you said hello")
    await stage.end()
  }

  @Test(arguments: [0, 1, 9, 16_384, 60_000])
  @LoopActor func `carries messages of any size`(size: Int) async throws {
    let stage = try Stage(say) { request, _ in request }
    let text = Text(String(repeating: "x", count: size))
    #expect(try await stage.channel.call(say, text) == text)
    await stage.end()
  }

  @Test @LoopActor func `shares its connection with thousands of others`() async throws {
    let gate = Signal()
    let arrived = Log<String>()
    let stage = try Stage(say) { request, _ in
      arrived.entries.append(request.text)
      if arrived.entries.count == 256 { gate.set() }
      await gate.wait()
      return request
    }
    // However slow the machine is.
    let options = CallOptions(timeout: .seconds(600))
    let tasks = (0..<TestScale.count(3_000, long: 60_000)).map { number in
      Task.immediate { @LoopActor in
        try await stage.channel.call(say, Text("\(number)"), options).text
      }
    }
    for (number, task) in tasks.enumerated() { #expect(try await task.value == "\(number)") }
    await stage.end()
  }

  @Test @LoopActor func `starts its handler on the loop`() async throws {
    let stage = try Stage(say) { _, _ in Text(Loop.isCurrentThread ? "loop" : "elsewhere") }
    #expect(try await stage.channel.call(say, "") == "loop")
    await stage.end()
  }
}
