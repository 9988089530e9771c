import DealsAPI
import MeshLoop
import MeshRPC

/// Leads' calls to Deals.
struct DealsPeer: Sendable {
  typealias Ask<Request, Response> =
    @Sendable @LoopActor (Request, CallOptions) async throws -> Response

  /// The accounts and contacts that a lead may be about.
  let find: Ask<FindConversionCandidatesRequest, ConversionCandidates>
  /// Makes the records that a lead is converted into, once for each lead.
  let make: Ask<MakeConversionRequest, Conversion>
  /// Undoes that while nobody has changed them.
  let undo: Ask<UndoConversionRequest, Void>
}

extension DealsPeer {
  init(_ client: ConversionsServiceClient) {
    find = { @LoopActor (request, options) async throws in
      try await client.findConversionCandidates(request, options)
    }
    make = { @LoopActor (request, options) async throws in
      try await client.makeConversion(request, options)
    }
    undo = { @LoopActor (request, options) async throws in
      _ = try await client.undoConversion(request, options)
    }
  }
}
