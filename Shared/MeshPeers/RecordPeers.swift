package import MeshCore
package import MeshLoop
package import MeshRPC
package import MeshRecords
package import MeshService
package import RecordsAPI
import TypeAPI

/// The calls to a service about records of which this one knows only the ids.
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

/// The services of the records that this service's records name; each call is made as the caller.
///
/// The kind of an id decides which service is asked. Nobody may read records of any other service.
package struct RecordPeers: Sendable {
  /// Where its methods run, stated because the compiler notices their attributes only in some orders of files.
  package typealias Home = LoopActor

  /// The most ids in a request.
  private static let mostIDs = 200

  private let service: String
  private let peers: [String: any RecordPeer]
  private let patience: Duration

  /// - Parameters:
  ///   - runtime: of this service.
  ///   - services: the names of the services to ask.
  package init(_ runtime: ServiceRuntime, _ services: [String]) {
    var peers: [String: any RecordPeer] = [:]
    for name in services { peers[name] = RecordsClient(runtime.channel(to: name)) }
    self.init(peers, by: runtime.name)
  }

  /// - Parameters:
  ///   - peers: by the names of the services.
  ///   - service: this one's name.
  ///   - patience: how long to wait for an answer.
  package init(
    _ peers: [String: any RecordPeer],
    by service: String,
    patience: Duration = .seconds(2)
  ) {
    self.peers = peers
    self.service = service
    self.patience = patience
  }

  /// The service of the records whose ids have a prefix; nil for one that is not among these.
  package func service(of prefix: String) -> String? {
    KindRegistry.all[prefix: prefix].map(\.service).flatMap { peers[$0] == nil ? nil : $0 }
  }

  /// The record that a request names, and its service.
  ///
  /// - Parameter id: the request's `record`.
  /// - Returns: the record, which may not exist.
  /// - Throws: INVALID_ARGUMENT without an id; NOT_FOUND for a text that is no id, and for a record that is not of one
  ///   of these services.
  package func require(_ id: String) throws(MeshError) -> (record: RecordRef, service: String) {
    if id.isEmpty { throw .invalid("record", "must have a value") }
    guard let record = TypeID(id), let service = service(of: record.prefix) else {
      throw .notFound("record", id)
    }
    return (record, service)
  }

  /// Which of some records the caller may read, as far as their services answer.
  ///
  /// Asks all services at the same time, for at most 200 records in a request.
  ///
  /// - Parameters:
  ///   - refs: the records; none that does not exist is readable.
  ///   - call: of the caller.
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
        // The service admits no such caller, such as another service.
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

  /// The records, among some, that the caller may read.
  ///
  /// - Throws: UNAVAILABLE when a service does not answer.
  @LoopActor
  package func readable(_ refs: [RecordRef], _ call: Call) async throws -> Set<RecordRef> {
    try await judgement(of: refs, call).complete()
  }

  /// The history of a record, as its service shows it to the caller.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read, and one of any other service; what the service
  ///   answers.
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

  /// The requests to each service, each with at most `mostIDs` ids.
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

  /// The options of a call as the caller; the channel leaves some of the call's time for this service's own response.
  private func options(_ call: Call) -> CallOptions {
    CallOptions(passingOn: call, by: service, timeout: patience)
  }
}

extension MeshError {
  /// Whether it is about the call, rather than about the service that was asked.
  fileprivate var isOfCaller: Bool { code == .unauthenticated || code == .cancelled }
}
