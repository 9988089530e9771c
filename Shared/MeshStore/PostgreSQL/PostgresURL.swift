import CPostgreSQL

/// Where a PostgreSQL database is: a URL as libpq takes it (PostgreSQL 15, 34.1.1.2).
package struct PostgresURL: Hashable, Sendable {
  /// Why a text names no database.
  package struct Fault: Error, Hashable, CustomStringConvertible {
    package let description: String
  }

  /// libpq's parameters, such as `host`, `port` and `dbname`, without a role.
  package let parameters: [String: String]
  package let database: String
  /// Who connects in their own name; empty for libpq's default.
  package let user: String

  /// - Parameter text: `postgres://HOST:PORT/DATABASE` or `postgres:///DATABASE?host=FOLDER`, with a user
  ///   or without, and with libpq's other parameters, such as `sslmode`.
  /// - Throws: for a text of another form; when it names no database, or has a password, which others
  ///   could read where they see the processes of a machine.
  package init(_ text: String) throws(Fault) {
    guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
      throw Fault(description: "must be sqlite or begin with postgres://")
    }
    var parameters = try Self.parse(text)
    guard parameters["password"] == nil else {
      throw Fault(
        description: "must have no password; libpq reads it from the file that PGPASSFILE names"
      )
    }
    guard let database = parameters["dbname"] else {
      throw Fault(description: "must name a database, as in postgres://localhost/leadmesh")
    }
    user = parameters.removeValue(forKey: "user") ?? ""
    self.database = database
    // Set by the store itself.
    for name in ["options", "application_name", "fallback_application_name", "client_encoding"] {
      parameters[name] = nil
    }
    self.parameters = parameters
  }

  private static func parse(_ text: String) throws(Fault) -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &message) else {
      let reason = message.map { String(cString: $0) } ?? "out of memory"
      PQfreemem(message)
      throw Fault(description: reason.trimmingLineEnd)
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        parameters[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return parameters
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { last?.isNewline == true ? String(dropLast()) : self }
}
