import CPostgreSQL

extension StoreError {
  /// The failure that a result tells, by its SQLSTATE (PostgreSQL, appendix A).
  static func postgres(
    _ result: OpaquePointer?,
    _ connection: OpaquePointer,
    wasCancelled: Bool
  ) -> StoreError {
    func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map(String.init(cString:)) }
    let code = result.flatMap { text(cpostgres_sqlstate($0)) } ?? ""
    let message =
      result.flatMap { text(cpostgres_message($0)) } ?? text(PQerrorMessage(connection)) ?? ""
    let constraint = result.flatMap { text(cpostgres_constraint($0)) } ?? message
    switch code {
    case "23505": return .unique(constraint)
    case _ where code.hasPrefix("23"): return .constraint(message)
    case _ where code.hasPrefix("42"): return .refused(reason: message, statement: "")
    case "54001": return .refused(reason: "parser stack overflow", statement: "")
    case "25006" where takesNoWrites(connection):
      // A standby refuses writes; reconnecting may find the primary.
      return .engine(EngineFault(.connection, code: code, message: message))
    case "57014" where !wasCancelled:
      return .engine(EngineFault(.timeout, code: code, message: message))
    default: return .engine(EngineFault(sqlState: code, message: message))
    }
  }
}

/// Whether a server takes no writes at present, which it tells a connection without being asked
/// (PostgreSQL 15, 55.2.7).
private func takesNoWrites(_ connection: OpaquePointer) -> Bool {
  let names: [String] = ["in_hot_standby", "default_transaction_read_only"]
  return names.contains { name in
    PQparameterStatus(connection, name).map { String(cString: $0) } == "on"
  }
}

extension EngineFault {
  init(sqlState code: String, message: String) {
    let kind: Kind =
      switch code {
      // A connection that breaks gives a result without a code.
      case "", "25P03", "57P01", "57P02", "57P03", "57P05", "53300": .connection
      case _ where code.hasPrefix("08"): .connection
      case "40001", "40P01": .conflict
      case "53100": .room
      case "53200", "55P03": .busy
      case "57014": .cancelled
      case "25P02": .busy
      case "58030", "F0000", "XX001", "XX002": .other
      default: .other
      }
    self.init(kind, code: code.isEmpty ? "08006" : code, message: message)
  }
}
