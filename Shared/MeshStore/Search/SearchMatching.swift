import CSQLite

/// Tests a document's words without the index: for words so common that the index would only be a
/// detour on the way to the newest documents.
enum SearchMatching {
  /// Words as kept in `mesh_documents`: each between two spaces.
  static func document(_ words: [String]) -> String {
    " " + words.joined(separator: " ") + " "
  }

  /// What `mesh_matches` looks for: one pattern a line.
  static func patterns(_ query: SearchQuery) -> String {
    query.words.map(pattern).joined(separator: "\n")
  }

  static func pattern(_ word: SearchQuery.Word) -> String {
    word.isPrefix ? " \(word.text)" : " \(word.text) "
  }

  /// Registers `mesh_matches(words, patterns)`: whether every pattern is found.
  static func register(on connection: OpaquePointer, flags: Int32) {
    sqlite3_create_function_v2(
      connection,
      SearchTables.matches,
      2,
      flags,
      nil,
      { context, _, arguments in
        guard let arguments else { return }
        let isMatch = SearchMatching.matches(
          SearchMatching.bytes(of: arguments[0]),
          SearchMatching.bytes(of: arguments[1])
        )
        sqlite3_result_int(context, isMatch ? 1 : 0)
      },
      nil,
      nil,
      nil
    )
  }

  private static func bytes(of value: OpaquePointer?) -> UnsafeRawBufferPointer {
    let start = sqlite3_value_text(value)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  private static func matches(
    _ words: UnsafeRawBufferPointer,
    _ patterns: UnsafeRawBufferPointer
  ) -> Bool {
    var rest = patterns[...]
    while !rest.isEmpty {
      let pattern = rest.prefix { $0 != UInt8(ascii: "\n") }
      let bytes = UnsafeRawBufferPointer(rebasing: pattern)
      let isFound = csqlite_contains(words.baseAddress, words.count, bytes.baseAddress, bytes.count)
      guard isFound != 0 else { return false }
      rest = rest[pattern.endIndex...].dropFirst()
    }
    return true
  }
}
