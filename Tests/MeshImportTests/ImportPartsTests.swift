import MeshLoop
import Testing

@testable import MeshImport

@Suite @LoopActor struct `The content of a running import` {
  private static let size = 3 * ImportLimits.windowBytes

  /// Counts what is read.
  @LoopActor private final class Reads {
    var count = 0
  }

  private static func byte(_ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: place / 1_000) }

  @Test func `is read from the store once, whatever the batches take of it`() async throws {
    let window = ContentWindow()
    let all = (0..<Self.size).map(Self.byte)
    let reads = Reads()
    var place = 0
    var isRest = false
    while !isRest || place < Self.size {
      let begin = place
      let stretch = try await window.bytes(from: begin) {
        reads.count += 1
        return (Array(all[begin...]), true)
      }
      isRest = stretch.isRest
      #expect(stretch.bytes.count <= ImportLimits.windowBytes)
      #expect(stretch.bytes == Array(all[begin..<(begin + stretch.bytes.count)]))
      #expect(isRest == (begin + stretch.bytes.count == Self.size))
      // A batch ends somewhere in the stretch.
      place += isRest ? stretch.bytes.count : stretch.bytes.count / 3
    }
    #expect(reads.count == 1)
  }

  @Test func `is read again where less is held than is needed, and nothing is made of its end`()
    async throws
  {
    let window = ContentWindow()
    let first = try await window.bytes(from: 0) { ([1, 2, 3], false) }
    #expect(first.bytes == [1, 2, 3] && !first.isRest)
    let more = try await window.bytes(from: 3) { ([4, 5], true) }
    #expect(more.bytes == [4, 5] && more.isRest)
    let end = try await window.bytes(from: 5) { ([9], false) }
    #expect(end.bytes.isEmpty && end.isRest)
  }
}

@Suite struct `The remarks of an import` {
  private func remarks() -> ImportRemarks {
    ImportRemarks(known: [], isDryRun: false) { "“\($0)”" }
  }

  @Test func `forget what was said of a row that is refused, but not why`() {
    var remarks = remarks()
    remarks.beginRow()
    remarks.add("status", "Hot", "is unknown", .leftOut)
    remarks.beginRow()
    remarks.add("status", "hot", "is unknown", .leftOut)
    remarks.add("source", "Fair", "is unknown", .leftOut)
    remarks.refuse("account_id", "Nowhere", "names no account")
    remarks.addToList("source", "Trade fair", "was added")
    remarks.dropRow()
    let counts = Dictionary(
      remarks.counts.map { ($0.key.value, $0.value) },
      uniquingKeysWith: { $0 + $1 }
    )
    #expect(counts == ["Hot": 1, "Nowhere": 1, "Trade fair": 1])
    // Nothing is known of the value any more.
    remarks.beginRow()
    remarks.count("source", "Fair")
    #expect(remarks.counts.keys.allSatisfy { $0.value != "Fair" })
  }

  @Test func `have room for a hundred values of a field, refused rows not counted`() {
    var remarks = remarks()
    for number in 0..<500 {
      remarks.beginRow()
      remarks.add("status", "value \(number)", "is unknown", .leftOut)
      remarks.dropRow()
    }
    #expect(remarks.counts.isEmpty && remarks.hasRoom(for: "status", "another"))
    for number in 0..<101 {
      remarks.beginRow()
      remarks.add("status", "value \(number)", "is unknown", .leftOut)
    }
    #expect(!remarks.hasRoom(for: "status", "another"))
    #expect(remarks.counts.count == 101)
    #expect(remarks.counts.keys.contains { $0.value.isEmpty && $0.text.contains("more than 100") })
  }

  @Test(arguments: [true, false]) func `say what becomes of a value, or would`(isDryRun: Bool) {
    var remarks = ImportRemarks(known: [], isDryRun: isDryRun) { $0 }
    remarks.add("owner_id", "Nobody", "names no member", .leftOut, "; did you mean “Ada”?")
    remarks.add("status", "Hot", "is unknown", .defaulted)
    remarks.replace("stage", "Won", with: "Closed Won")
    let found = Dictionary(uniqueKeysWithValues: remarks.counts.keys.map { ($0.field, $0) })
    let left = isDryRun ? "and would be left out" : "and was left out"
    #expect(found["owner_id"]?.text == "names no member, \(left); did you mean “Ada”?")
    #expect(found["status"]?.text.contains("would get") == isDryRun)
    #expect(found["status"]?.isUnmatched == true && found["status"]?.readAs == "")
    #expect(found["stage"]?.readAs == "Closed Won" && found["stage"]?.isUnmatched == false)
  }
}
