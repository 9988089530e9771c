import MeshCore
import MeshRecords
import MeshTables
package import RecordsAPI

// What the person who imports decides, in the words of the API.
extension ImportChoices {
  /// What is done with a row about a record that is known.
  enum Known: String, CaseIterable {
    case fillEmpty = "fill_empty"
    case update, skip, create
  }

  /// What is done with a row whose record was deleted.
  enum Deleted: String, CaseIterable {
    case create, restore
  }

  /// What is done with values that a list does not have.
  enum NewValues: String, CaseIterable {
    case add
    case leaveOut = "leave_out"
  }

  var knownRecords: Known? { Known(rawValue: known) }
  var deletedRecords: Deleted { Deleted(rawValue: deleted) ?? .create }
  var decimalMark: DecimalMark? { DecimalMark(rawValue: decimal) }
  /// Whether values that a list does not have may be added to it, if the person may change lists.
  package var addsValues: Bool { NewValues(rawValue: newValues) != .leaveOut }

  /// Checks the choices of a request.
  func check(_ check: inout FieldCheck) {
    Self.check("known", known, Known.allCases.map(\.rawValue), &check)
    Self.check("deleted", deleted, Deleted.allCases.map(\.rawValue), &check)
    Self.check("decimal", decimal, DecimalMark.allCases.map(\.rawValue), &check)
    Self.check("new_values", newValues, NewValues.allCases.map(\.rawValue), &check)
    let isRegion =
      region.utf8.count == 2
      && region.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    if !region.isEmpty, !isRegion {
      check.refuse("choices.region", "must be a country's code of two letters, such as DE")
    }
    if !ownerId.isEmpty, MemberID(ownerId) == nil {
      check.refuse("choices.owner_id", "must be the id of a member")
    }
    if sheet.utf8.count > 4 * 255 || sheet.unicodeScalars.count > 255 {
      check.refuse("choices.sheet", "must have at most 255 characters")
    }
  }

  private static func check(
    _ name: String,
    _ text: String,
    _ words: [String],
    _ check: inout FieldCheck
  ) {
    if text.isEmpty || words.contains(text) { return }
    let list = words.joined(separator: ", ")
    check.refuse("choices.\(name)", "must be one of \(list), not \(text.quoted)")
  }
}
