import EngageAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

/// Shows notifications about what their members may read at that moment: of activities that they take part in the
/// service knows, of all others those that have them.
struct NoticeJudge: RecordJudge {
  let way = JudgedWay.closing
  let others: RecordPeers
  let activities: Records<Activity>

  @LoopActor
  func verdicts(on told: [EngageAPI.Notification], _ call: Call) async throws -> Verdicts {
    let (activities, refs) = (activities, told.compactMap(\.record))
    let judgement = try await others.judgement(of: refs, call)
    let own = refs.filter { $0.prefix == activities.kind.idPrefix }.map(\.words)
    let reached = try await activities.store.read(call.tenant) { transaction in
      try activities.permissions(.read, own, call, in: transaction)
    }
    let readable = told.map { notification in
      guard let ref = notification.record else { return true }
      return judgement.readable.contains(ref) || reached[ref.words] == true
    }
    return Verdicts(readable, gaps: judgement.gaps)
  }
}
