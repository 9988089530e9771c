import MeshAccess
package import MeshCore
import MeshProto
package import MeshRecords
import MeshStore

/// How a column's text finds the record that a field refers to.
package struct ImportRelation: Sendable {
  /// A record, and the texts by which a file may refer to it, such as e-mail address and full name.
  package typealias Named = (id: IDWords, names: [String])

  enum Way: Sendable {
    case lookup(
      @Sendable (ReadTransaction, _ text: String, _ system: String, ImportPerson) throws
        -> ImportMatch
    )
    case list(@Sendable (TenantID) throws -> [Named])
  }

  /// What people call the records that are referred to: "account".
  let object: String
  /// The prefix of their ids.
  let idPrefix: String
  let way: Way
  /// Whether they are members or other records that a list has, rather than records of files.
  var isList: Bool {
    switch way {
    case .list: true
    case .lookup: false
    }
  }
  /// The first names of the records that a person may read, up to the requested number.
  let names: @Sendable (ReadTransaction, ImportPerson, _ most: Int) throws -> [String]

  /// Records of the same database that whoever imports may read, found by their id, by the id that they had in the
  /// file's source system when they were imported, or by their title.
  ///
  /// A record that names another of its kind stands below it ([Lineage](../MeshRecords/Lineage.swift)).
  package static func records<Record: StoredRecord>(_: Record.Type) -> ImportRelation {
    let schema = Record.schema
    let title = schema.title.first.flatMap { schema[$0] }
    let way = Way.lookup { transaction, text, system, person in
      let readable: Scope<Record> = person.scope(.read, transaction)
      let forms = RowKey.keys(of: text, from: system, in: RowKey.space(of: schema.object))
      let keys = forms + forms.compactMap { key in person.member.map { key.own(to: $0) } }
      let imported = try transaction.imported(keys, from: system)
      for id in [IDWords(text, prefix: schema.idPrefix)] + keys.map({ imported[$0] }) {
        if let id, try transaction.record(id, in: readable) != nil {
          return ImportMatch(ids: [id], isByID: true)
        }
      }
      guard let title, readable.visible.contains(title) else { return ImportMatch() }
      let found = try transaction.records(
        where: "\(SQL(name: title.columnName)) = \(text)",
        in: readable,
        limit: 2
      )
      return ImportMatch(ids: found.compactMap(\.recordID))
    }
    let names: @Sendable (ReadTransaction, ImportPerson, Int) throws -> [String] = {
      transaction,
      person,
      most in
      let readable: Scope<Record> = person.scope(.read, transaction)
      guard let title, readable.visible.contains(title) else { return [] }
      return try transaction.records(where: "TRUE", in: readable, limit: most)
        .compactMap { $0.value(of: title).text }
    }
    return ImportRelation(
      object: schema.object,
      idPrefix: schema.idPrefix,
      way: way,
      names: names
    )
  }

  /// Records of another service whose names this one knows.
  ///
  /// - Parameters:
  ///   - object: what people call them; also the prefix of their ids.
  ///   - list: all records of a tenant.
  /// - Returns: a relation that finds names in any case.
  package static func listed(
    _ object: String,
    _ list: @escaping @Sendable (TenantID) throws -> [Named]
  ) -> ImportRelation {
    ImportRelation(object: object, idPrefix: object, way: .list(list)) { transaction, _, most in
      Array(try list(transaction.tenant).flatMap { $0.names }.prefix(most))
    }
  }
}

/// The records that a text names.
struct ImportMatch: Sendable {
  /// Two of them where it names several.
  var ids: [IDWords] = []
  /// Whether it is the record's id, here or in the file's source system: then titles do not matter.
  var isByID = false
}
