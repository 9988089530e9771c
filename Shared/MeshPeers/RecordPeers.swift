package import MeshCore
package import MeshLoop
package import MeshRPC
package import MeshRecords
package import MeshService
package import RecordsAPI
import TypeAPI

/// What is asked of a service about records of which no more than their ids is known.
package protocol RecordPeer: Sendable {
  @LoopActor
  func check(
    _ request: CheckRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> CheckResponse

  @LoopActor
  func history(
    _ request: ListHistoryRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> ListHistoryResponse
}

extension RecordsClient: RecordPeer {}

/// The services that have the records which records of this one name: asked as the caller, whose reading they judge.
///
/// Which service is asked, the kind of an id says. Records of a service that is not among them are nobody's to read.
package struct RecordPeers: Sendable {
  /// Where its methods run, stated because the compiler notices their attributes only in some orders of files.
  package typealias Home = LoopActor

  /// Ids in a request.
  private static let mostIDs = 200

  private let service: String
  private let peers: [String: any RecordPeer]
  private let patience: Duration

  /// - Parameters:
  ///   - runtime: of this service.
  ///   - services: those that it calls for their records.
  package init(_ runtime: ServiceRuntime, _ services: [String]) {
    var peers: [String: any RecordPeer] = [:]
    for name in services { peers[name] = RecordsClient(runtime.channel(to: name)) }
    self.init(peers, by: runtime.name)
  }

  /// - Parameters:
  ///   - peers: by the names of the services.
  ///   - service: this one's name.
  ///   - patience: how long an answer is waited for at most.
  package init(
    _ peers: [String: any RecordPeer],
    by service: String,
    patience: Duration = .seconds(2)
  ) {
    self.peers = peers
    self.service = service
    self.patience = patience
  }

  /// The service that has the records whose ids have a prefix; nil for one that is not asked.
  package func service(of prefix: String) -> String? {
    KindRegistry.all[prefix: prefix].map(\.service).flatMap { peers[$0] == nil ? nil : $0 }
  }

  /// Which of some records the caller may read, as far as their services answer.
  ///
  /// All of them are asked at the same time, for at most 200 records in a request.
  ///
  /// - Parameters:
  ///   - refs: the records; those that there are not are not readable.
  ///   - call: whose caller it is.
  /// - Returns: the readable ones, and the services that did not answer.
  /// - Throws: UNAUTHENTICATED for a caller whose token has expired meanwhile; CANCELLED.
  @LoopActor
  package func judgement(of refs: [RecordRef], _ call: Call) async throws -> Judgement {
    let options = options(call)
    var running: [(service: String, task: Task<Result<CheckResponse, MeshError>, Never>)] = []
    for (service, request) in requests(for: refs) {
      guard let peer = peers[service] else { continue }
      let task: Task<Result<CheckResponse, MeshError>, Never> = Task.immediate { @LoopActor in
        do throws(MeshError) {
          return .success(try await peer.check(request, options))
        } catch {
          return .failure(error)
        }
      }
      running.append((service, task))
    }
    let tasks = running
    return try await withTaskCancellationHandler {
      var judgement = Judgement()
      for (service, task) in tasks {
        switch await task.value {
        case .success(let response):
          let allowed = response.records.filter { $0.exists && $0.allowed }
          judgement.readable.formUnion(allowed.compactMap { TypeID($0.id) })
        case .failure(let error) where error.isOfCaller: throw error
        // It has nothing for such a caller, who may be another service.
        case .failure(let error) where error.code == .permissionDenied: continue
        case .failure: judgement.gaps.insert(service)
        }
      }
      judgement.readable.formIntersection(refs)
      return judgement
    } onCancel: {
      for (_, task) in tasks { task.cancel() }
    }
  }

  /// Those of some records that the caller may read.
  ///
  /// - Throws: UNAVAILABLE when a service does not answer.
  @LoopActor
  package func readable(_ refs: [RecordRef], _ call: Call) async throws -> Set<RecordRef> {
    try await judgement(of: refs, call).complete()
  }

  /// What happened to a record, as its service tells the caller.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read, and one of a service that is not asked; what the
  ///   service answers.
  @LoopActor
  package func history(
    _ request: ListHistoryRequest,
    _ call: Call
  ) async throws -> ListHistoryResponse {
    guard let service = TypeID(request.id).flatMap({ service(of: $0.prefix) }),
      let peer = peers[service]
    else { throw MeshError.notFound("record", request.id) }
    return try await peer.history(request, options(call))
  }

  /// What each service is asked, with at most as many ids as a request has.
  private func requests(for refs: [RecordRef]) -> [(service: String, request: CheckRequest)] {
    var ids: [String: [String]] = [:]
    for ref in Set(refs) {
      guard let service = service(of: ref.prefix) else { continue }
      ids[service, default: []].append(ref.description)
    }
    var requests: [(service: String, request: CheckRequest)] = []
    for (service, ids) in ids.sorted(by: { $0.key < $1.key }) {
      let ids = ids.sorted()
      for start in stride(from: 0, to: ids.count, by: Self.mostIDs) {
        let part = Array(ids[start..<min(start + Self.mostIDs, ids.count)])
        requests.append((service, CheckRequest(ids: part, action: "read")))
      }
    }
    return requests
  }

  /// The channel leaves some of the call's time for its own answer.
  private func options(_ call: Call) -> CallOptions {
    CallOptions(passingOn: call, by: service, timeout: patience)
  }
}

extension MeshError {
  /// Whether it says something of the call, and nothing of the service that was asked.
  fileprivate var isOfCaller: Bool { code == .unauthenticated || code == .cancelled }
}
