import LeadsAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshRPC
import MeshStore
import TypeAPI

extension LeadsRPC {
  /// Largest chunk in bytes.
  private static let largestChunk = 2 << 20

  @LoopActor
  func appendImportContent(
    _ request: AppendImportContentRequest,
    _ call: Call
  ) async throws -> LeadsAPI.Import {
    let id: ImportID = try requireID(request.id, "import")
    try check(request)
    let job = try await store.write(call.tenant, as: Author(call)) { transaction in
      guard let before = try transaction.importJob(id) else {
        throw MeshError.notFound("import", request.id)
      }
      var job = before
      do throws(ImportJob.AppendFault) {
        let isNew = try job.receive(offset: Int(request.offset), count: request.content.count)
        guard isNew else { return before }
      } catch {
        throw error.meshError
      }
      try transaction.appendContent(request.content, to: id, at: Int(request.offset))
      return try transaction.save(job, before: before)
    }
    return LeadsAPI.Import(job)
  }

  private func check(_ request: AppendImportContentRequest) throws(MeshError) {
    guard (1...Self.largestChunk).contains(request.content.count) else {
      throw .invalid("content", "has not 1 byte to 2 MiB")
    }
    guard request.offset >= 0 else { throw .invalid("offset", "is less than 0") }
    let digest = SHA256.hash(request.content)
    guard Hex.encode(digest) == request.sha256.lowercased() else {
      throw .invalid("sha256", "is not the SHA-256 of the content: it was damaged on its way")
    }
  }
}

extension ImportJob.AppendFault {
  fileprivate var meshError: MeshError {
    switch self {
    case .notReceiving:
      .failedPrecondition("the import was started or has ended; it takes no more content")
    case .wrongOffset(let expected):
      MeshError(
        code: .outOfRange,
        reason: .invalidField,
        message: "the next chunk begins at \(expected)",
        violations: [
          FieldViolation(field: "offset", description: "is not \(expected), where the next begins")
        ]
      )
    }
  }
}
