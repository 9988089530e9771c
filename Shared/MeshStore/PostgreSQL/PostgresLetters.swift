import MeshCore

/// The loose forms of letters, which PostgreSQL cannot make by itself: `loose_text` looks them up.
///
/// A text is composed before (NFKC), so that a letter has the marks that belong to it: `が` is another than `か`,
/// and both marks and letters that have none of their own stand alone. Forms that the letters' neighbours decide
/// are not told apart.
enum PostgresLetters {
  /// Letters whose form is not the letter itself in lower case.
  static let forms: [(letter: String, form: String)] = [0x80...0x1_FFFF, 0xE_0000...0xE_0FFF]
    .joined()
    .compactMap { Unicode.Scalar($0 as UInt32) }
    .filter { scalar in
      switch scalar.value {
      // Han and Hangul, which have neither case nor marks, and private use.
      case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xE000...0xF8FF: false
      default: scalar.properties.generalCategory != .unassigned
      }
    }
    .compactMap { scalar in
      let letter = String(scalar)
      let form = LooseText.form(of: letter)
      return form == letter ? nil : (letter, form)
    }

  /// What the forms are made by: ICU, and the rules of `LooseText`, whose number changes with them.
  private static let version = "ICU \(UnicodeText.version), rules 2"

  /// Fills the table, unless it was filled by the same version, which stands in the table's comment: migrations
  /// may use it, which run before the store has settings.
  static func fill(_ connection: PostgresConnection) throws(StoreError) {
    let comment: SQL =
      "SELECT coalesce(obj_description(to_regclass('mesh_letters'), 'pg_class'), '')"
    let found = try connection.rows(comment) { (row) throws(StoreError) in
      try row.next(String.self)
    }
    if found == [version] { return }
    // Neither separator is a letter, nor in a form.
    let text = forms.map { "\($0.letter)\u{1}\($0.form)" }.joined(separator: "\u{2}")
    try connection.inTransaction { () throws(StoreError) in
      try connection.perform("DELETE FROM main.mesh_letters")
      try connection.perform(
        """
        INSERT INTO main.mesh_letters (letter, form)
        SELECT split_part(pair, chr(1), 1), split_part(pair, chr(1), 2)
        FROM unnest(string_to_array(\(text), chr(2))) AS pair
        ON CONFLICT (letter) DO NOTHING
        """
      )
      try connection.executeUnchanged(script: "COMMENT ON TABLE mesh_letters IS '\(version)'")
    }
  }
}
