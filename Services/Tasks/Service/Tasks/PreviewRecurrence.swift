import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshRecurrence
import TasksAPI

extension TasksRPC {
  @LoopActor
  func previewRecurrence(
    _ request: PreviewRecurrenceRequest,
    _ call: Call
  ) async throws -> PreviewRecurrenceResponse {
    let count = request.count == 0 ? 5 : request.count
    guard (1...50).contains(count) else {
      throw MeshError.invalid("count", "must be from 1 to 50")
    }
    guard let start = request.startTime else {
      throw MeshError.invalid("start_time", "must have a value")
    }
    let own = try peers.settings(of: call.tenant).reports.timeZone
    guard let zone = request.timeZone.isEmpty ? own : TimeZone(request.timeZone) else {
      throw MeshError.invalid("time_zone", "must be an IANA time zone such as Europe/Berlin")
    }
    do throws(RecurrenceError) {
      let all = try Recurrence(request.rule, from: start, zone)
      let next = all.occurrences(from: start + .microseconds(1)).prefix(Int(count))
      return PreviewRecurrenceResponse(times: next.map { WellKnown.Timestamp($0.moment) })
    } catch {
      throw MeshError.invalid("rule", error.description)
    }
  }
}
