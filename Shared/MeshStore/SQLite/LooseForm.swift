import CSQLite
import MeshCore

/// `loose_text(text)` in SQLite: the form in which a text is looked for; see `LooseText`.
enum LooseForm {
  static func register(on connection: OpaquePointer, flags: Int32) {
    sqlite3_create_function_v2(
      connection,
      "loose_text",
      1,
      flags,
      nil,
      { context, _, arguments in
        guard let value = arguments?[0], let start = sqlite3_value_text(value) else { return }
        let text = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
        guard !LooseText.isForm(text) else { return sqlite3_result_value(context, value) }
        let form = LooseText.form(of: text)
        csqlite_result_text(context, form, Int32(clamping: form.count))
      },
      nil,
      nil,
      nil
    )
  }
}
