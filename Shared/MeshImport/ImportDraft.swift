import RecordsAPI

/// What a request asks of a new import, after the checks.
package struct ImportDraft: Sendable {
  let fileName: String
  let mapping: ImportMapping
  let choices: ImportChoices
  let validateOnly: Bool
}
