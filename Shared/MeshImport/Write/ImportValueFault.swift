package import MeshCore
import MeshRecords
import RecordsAPI

/// A rule that a value of a row breaks, and that programs tell by a code.
package struct ImportValueFault: ClientError, Equatable {
  let field: String
  /// As an obligation, with the value.
  let rule: String
  let code: ImportFaultReason
  /// As in the file.
  let value: String
  /// What people call the records one of which the value is to name; empty for other rules.
  var object = ""
  /// A name that may have been meant; empty for none.
  var suggestion = ""

  package var meshError: MeshError { .invalid(field, rule) }
}

extension ImportValueFault {
  /// A stage has a condition that a file's rows cannot be held to.
  ///
  /// - Parameters:
  ///   - field: of the stage.
  ///   - stage: what it is called.
  package init(conditionOf field: String, _ stage: String) {
    self.init(
      field: field,
      rule: "must not have an entry condition in imports; \(stage.quoted) has one",
      code: .entryCondition,
      value: stage
    )
  }

  /// A text is to name one record, and names none, or several.
  ///
  /// - Parameters:
  ///   - text: in the file.
  ///   - relation: to the records.
  ///   - field: that the text is to fill.
  ///   - isKnown: whether it names several.
  ///   - near: a name that may have been meant; empty for none.
  init(
    naming text: String,
    _ relation: ImportRelation,
    _ field: String,
    isKnown: Bool,
    near: String = ""
  ) {
    let object = relation.object
    let rule =
      isKnown
      ? "must name one \(object); \(text.quoted) names several"
      : "must name \(object.withArticle) that exists; \(text.quoted) does not"
    self.init(
      field: field,
      rule: rule + near.question,
      code: isKnown ? .ambiguousName : .unknownName,
      value: text,
      object: object,
      suggestion: near
    )
  }

  /// A text names a record that stands below the row's own, or is it; nil for a violation of another rule.
  init?(
    circle violation: FieldViolation,
    by text: String,
    _ relation: ImportRelation,
    _ field: String
  ) {
    guard violation.description == LineageRule.noCircle else { return nil }
    self.init(
      field: field,
      rule: violation.description,
      code: .circle,
      value: text,
      object: relation.object
    )
  }

  /// What a remark says of the text: "names no account".
  var remark: String { code == .ambiguousName ? "names several \(object)s" : "names no \(object)" }
}

extension String {
  /// Asks whether this name was meant, to append to a sentence; empty for none.
  var question: String { isEmpty ? "" : "; did you mean \(quoted)?" }

  fileprivate var withArticle: String {
    (first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + self
  }
}
