import MeshCore

/// What went wrong below a transaction: a defect, damage, or a constraint that the body broke.
///
/// Never reaches a client: an RPC that lets one through answers INTERNAL, and it is logged. What a
/// client may act on (a full queue, a full disk, cancellation) is thrown as `MeshError` instead.
package enum StoreError: Error, Hashable, Sendable {
  /// The file cannot be opened as this service's store.
  case cannotOpen(path: String, reason: String)
  /// A migration is missing, misnamed, failed, or differs from the one that was applied.
  case migration(name: String, reason: String)
  /// Tables that break the rules of tenancy, a clause each.
  case schema([String])
  /// A statement that could reach beyond the transaction's scope, or is none that services may run.
  case refused(reason: String, statement: String)
  /// A unique key is taken; names the columns or the index.
  case unique(String)
  /// A NOT NULL, CHECK or FOREIGN KEY constraint is broken.
  case constraint(String)
  /// A column does not hold what was asked of it, or a row has fewer.
  case decoding(column: Int, expected: String)
  /// A transaction was used after its body returned.
  case transactionEnded
  /// The engine's own failure.
  case engine(EngineFault)
}

extension StoreError {
  /// What an operator can do something about, as the end of a line.
  package var operatorText: String {
    switch self {
    case .cannotOpen(let path, let reason): "\(path): \(reason)"
    case .schema(let faults): faults.joined(separator: "; ")
    case .migration(let name, let reason): "\(name): \(reason)"
    case .engine(let fault) where fault.kind == .connection:
      "the database cannot be reached: \(fault.message); is the server running, and did `leadmesh database "
        + "prepare` make its roles for this data folder?"
    case .engine(let fault): "the database failed (\(fault.code)): \(fault.message)"
    case .refused(let reason, _), .unique(let reason), .constraint(let reason): reason
    case .decoding, .transactionEnded: "\(self)"
    }
  }
}

extension StoreError: LoggableError {
  /// Statements hold no values, which are bound; an engine's message may quote one, so that what stands
  /// in quotes is left out.
  package var logText: String {
    switch self {
    case .engine(let fault):
      "StoreError.engine(\(fault.kind) \(fault.code)) \(fault.message.withoutQuotes)"
    default: "StoreError.\(self)"
    }
  }
}

extension String {
  /// The text with `…` in place of all between double or single quotes.
  fileprivate var withoutQuotes: String {
    var (kept, open): (String, Character?) = ("", nil)
    for character in self {
      if character == open {
        open = nil
        kept += "…"
      } else if open == nil, character == "\"" || character == "'" {
        open = character
        kept.append(character)
        continue
      }
      if open == nil { kept.append(character) }
    }
    return kept
  }
}
