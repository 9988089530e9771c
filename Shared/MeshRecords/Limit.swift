package import MeshCore
package import MeshProto
import MeshStore

/// How many of something a tenant may have, under a name that errors and plans use.
package struct Limit: Sendable, Hashable {
  /// Such as `scoring_rules`.
  package let name: String
  package let most: Int

  package init(_ name: String, _ most: Int) {
    self.name = name
    self.most = most
  }

  /// The limit of a kind of record; nil when a tenant may have any number.
  package init?(_ schema: RecordSchema) {
    if schema.limit == 0 { return nil }
    self.init(schema.table, schema.limit)
  }

  /// - Throws: RESOURCE_EXHAUSTED with the limit's name when `count` is beyond it.
  package func check(_ count: Int) throws(MeshError) {
    guard count > most else { return }
    let words = name.split(separator: "_").joined(separator: " ")
    throw reached("a tenant may have at most \(most) \(words)")
  }
}

// Limits that no kind of record declares; the others are in the protos.
extension Limit {
  /// Columns of an imported file.
  package static let importColumns = Limit("import_columns", 1_000)
  /// Bytes of an imported file: 512 MiB.
  package static let importBytes = Limit("import_bytes", 512 << 20)
  /// Imports of a tenant in one service that have not ended, paused ones and those that are undone among them; those that
  /// were read and wait to be started do not count.
  package static let openImports = Limit("open_imports", 10)
  /// Different values of a file's column that one import adds to a list of the tenant.
  package static let importNewValues = Limit("import_new_values", 100)

  /// Commands of a tenant, such as conversions, that are under way.
  package static let openCommands = Limit("open_commands", 100)

  /// Saved views of one member; `saved_views` counts those of all.
  package static let savedViewsOfMember = Limit("saved_views_of_member", 200)

  /// Mutes of one member; `mutes` counts those of all.
  package static let mutesOfMember = Limit("mutes_of_member", 500)

  /// RESOURCE_EXHAUSTED with the limit's name.
  package func reached(_ message: String) -> MeshError {
    MeshError(
      code: .resourceExhausted,
      reason: .limitReached,
      message: message,
      metadata: ["limit": name, "most": "\(most)"]
    )
  }
}

extension WriteTransaction {
  /// Checks that one more record may be made.
  ///
  /// - Throws: RESOURCE_EXHAUSTED when the tenant has as many as it may.
  func require(room limit: Limit?) throws {
    guard let limit else { return }
    let table = SQL(name: limit.name)
    let present = try value(
      "SELECT count(*) FROM (SELECT 1 FROM \(table) LIMIT \(limit.most)) AS counted",
      as: Int.self
    )
    try limit.check((present ?? 0) + 1)
  }
}
