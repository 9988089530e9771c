package import MeshCore
import MeshLoop
import MeshRPC

/// The error that `body` ends with; nil when it ends well.
@LoopActor
package func refusal(_ body: @LoopActor () async throws -> Void) async -> MeshError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? MeshError ?? (error as? any ClientError)?.meshError
  }
}

/// The fields that `body` is refused for; nil when it ends well.
@LoopActor
package func refused(_ body: @LoopActor () async throws -> Void) async -> [String]? {
  await refusal(body)?.violations.map(\.field)
}
