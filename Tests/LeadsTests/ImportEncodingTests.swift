import LeadsAPI
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService
@testable import MeshImport

@LoopActor
@Suite struct `A file that begins with plain ASCII` {
  private nonisolated static let names: [(encoding: String, bytes: [UInt8], name: String)] = [
    ("Windows-1252", [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72], "Müller"),
    ("Windows-1251", [0xDE, 0xEB, 0xE8, 0xFF], "Юлия"),
    ("UTF-8", [0x4D, 0xC3, 0xBC, 0x6C, 0x6C, 0x65, 0x72], "Müller"),
  ]

  /// Rows of 1.5 MiB, and one more.
  private func file(endingWith name: [UInt8]) -> [UInt8] {
    let note = String(repeating: "plain text ", count: 700)
    var bytes = Array("Last Name,Email,Notes\n".utf8)
    for row in 0..<210 { bytes += "L\(row),l\(row)@x.example,\(note)\n".utf8 }
    return bytes + name + Array(",late@x.example,end\n".utf8)
  }

  private func sent(_ bytes: [UInt8], to bench: LeadsBench) async throws -> LeadsAPI.Import {
    var sent = try await bench.handlers.createImport(
      CreateImportRequest(import: LeadsAPI.Import(fileName: "leads.csv")),
      bench.asAdmin()
    )
    // In pieces that are shorter than what its beginning is judged by.
    for offset in stride(from: 0, to: bytes.count, by: 1 << 18) {
      let piece = Array(bytes[offset..<min(offset + 1 << 18, bytes.count)])
      sent = try await bench.handlers.appendImportContent(
        AppendImportContentRequest(
          id: sent.id,
          offset: Int64(offset),
          content: piece,
          sha256: Hex.encode(SHA256.hash(piece))
        ),
        bench.asAdmin()
      )
    }
    return sent
  }

  @Test(arguments: names)
  func `is read as a later character shows`(encoding: String, bytes: [UInt8], name: String)
    async throws
  {
    let bench = try await LeadsBench()
    let file = file(endingWith: bytes)
    #expect(file.count > 3 << 19)
    let sent = try await sent(file, to: bench)
    let call = bench.asAdmin()
    _ = try await bench.handlers.surveyImport(
      SurveyImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      call
    )
    let read = try await bench.worked(sent.id)
    #expect(read.state == .ready)
    let reading = try #require(read.reading)
    #expect(reading.format.contains(encoding) && reading.rows == 211)
    #expect(reading.columns.map(\.field) == ["last_name", "email", "description"])
    _ = try await bench.handlers.startImport(
      StartImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      call
    )
    let done = try await bench.worked(sent.id)
    #expect([done.created, done.refused] == [211, 0])
    let found = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "email == 'late@x.example'"),
      call
    ).message().leads
    #expect(found.map(\.lastName) == [name])
  }
}
