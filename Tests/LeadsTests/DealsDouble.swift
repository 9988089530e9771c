import DealsAPI
import MeshCore
import MeshLoop
import MeshRPC
import Synchronization
import TypeAPI

@testable import LeadsService

/// A Deals that converts each lead once, as the real one does, and does what a test wants.
final class DealsDouble: Sendable {
  /// What happens to the next calls that change something.
  enum Behaviour {
    case working
    /// Answers with an error and does nothing.
    case refusing(MeshError)
    /// Does it, and the answer is lost.
    case losingAnswers
  }

  private struct State {
    var behaviour = Behaviour.working
    var candidates: ConversionCandidates? = ConversionCandidates()
    var searches: [FindConversionCandidatesRequest] = []
    var conversions: [LeadID: Conversion] = [:]
    var requests: [MakeConversionRequest] = []
    var keys: [String?] = []
    var undone = 0
  }

  private let state = Mutex(State())

  /// What became of leads, by lead.
  var conversions: [LeadID: Conversion] { state.withLock { $0.conversions } }
  /// What was asked to be made, lost answers included.
  var requests: [MakeConversionRequest] { state.withLock { $0.requests } }
  /// What candidates were asked for by.
  var searches: [FindConversionCandidatesRequest] { state.withLock { $0.searches } }
  /// The idempotency keys of those requests.
  var keys: [String?] { state.withLock { $0.keys } }
  /// How often a conversion was to be undone.
  var undone: Int { state.withLock { $0.undone } }

  func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

  /// What is found for leads from now on; nil for a Deals that does not answer.
  func find(_ candidates: ConversionCandidates?) { state.withLock { $0.candidates = candidates } }

  var peer: DealsPeer {
    DealsPeer(
      find: { @LoopActor [self] (request, _) async throws in
        try state.withLock { state in
          state.searches.append(request)
          guard let found = state.candidates else { throw MeshError.unavailable("Deals is down") }
          return found
        }
      },
      make: { @LoopActor [self] (request, options) async throws in
        try make(request, options)
      },
      undo: { @LoopActor [self] (request, _) async throws in
        try state.withLock { state in
          if case .refusing(let error) = state.behaviour { throw error }
          state.undone += 1
          if let lead = request.leadId { state.conversions[lead] = nil }
          if case .losingAnswers = state.behaviour {
            throw MeshError.unavailable("the connection broke")
          }
        }
      }
    )
  }

  private func make(_ request: MakeConversionRequest, _ options: CallOptions) throws -> Conversion {
    try state.withLock { state in
      if case .refusing(let error) = state.behaviour { throw error }
      state.requests.append(request)
      state.keys.append(options.idempotencyKey)
      guard let lead = request.leadId else { throw MeshError.invalid("lead_id", "must be given") }
      let ids = IDGenerator.system
      let conversion =
        state.conversions[lead]
        ?? Conversion(
          accountId: request.accountId ?? ids.next(),
          contactId: request.contactId ?? ids.next(),
          dealId: request.deal == nil ? nil : ids.next() as DealID
        )
      state.conversions[lead] = conversion
      if case .losingAnswers = state.behaviour {
        throw MeshError.unavailable("the connection broke")
      }
      return conversion
    }
  }
}
