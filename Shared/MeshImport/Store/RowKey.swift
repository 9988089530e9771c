import MeshCore
import MeshCrypto

/// The permanent identity of a row within its tenant and source system.
struct RowKey: Hashable, Sendable {
  /// 32 bytes.
  let digest: [UInt8]

  init(digest: [UInt8]) { self.digest = digest }

  /// The prefix of the row identities of a kind, where several kinds are in one database.
  static func space(of object: String) -> String { "\(object)\u{0}" }

  /// - Parameters:
  ///   - externalID: of the row in its source system.
  ///   - space: separates the kinds of records in one database; empty if there is only one.
  init(externalID: String, in space: String = "") {
    digest = SHA256.hash(Array("\(space)id\u{0}\(externalID)".utf8))
  }

  init(values: [String], in space: String = "") {
    var bytes = Array("\(space)row".utf8)
    for value in values {
      bytes.append(0)
      bytes.append(contentsOf: value.utf8)
    }
    digest = SHA256.hash(bytes)
  }
}

extension RowKey {
  /// The identities that an id may have been remembered under; it is remembered under the first.
  ///
  /// - Parameters:
  ///   - externalID: as in the file.
  ///   - system: the source system that it is of.
  ///   - space: as above.
  /// - Returns: one for each form of the id.
  static func keys(
    of externalID: String,
    from system: String,
    in space: String = ""
  ) -> [RowKey] {
    forms(of: externalID, from: system).map { RowKey(externalID: $0, in: space) }
  }

  /// The forms of an id that mean the same, first the one by which it is known.
  static func forms(of externalID: String, from system: String) -> [String] {
    system == SalesforceID.system ? SalesforceID.forms(of: externalID) : [externalID]
  }

  /// The row's identity for one member, who cannot see the record that others imported from it.
  func own(to member: MemberID) -> RowKey {
    RowKey(digest: SHA256.hash(Array("member\u{0}".utf8) + member.words.bytes + digest))
  }
}
