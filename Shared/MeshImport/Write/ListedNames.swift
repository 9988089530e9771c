import MeshCore
import MeshRecords

/// The names of a list, found in any case, and without accents where none is written as it is asked for.
struct ListedNames {
  private var exact: [String: Set<IDWords>] = [:]
  private var loose: [String: Set<IDWords>] = [:]

  init(_ named: [ImportRelation.Named]) {
    for (id, texts) in named {
      for text in texts.map({ TextForm.cleaned($0) }) where !text.isEmpty {
        exact[UnicodeText.folded(text), default: []].insert(id)
        if !Self.isAddress(text) { loose[LooseText.form(of: text), default: []].insert(id) }
      }
    }
  }

  /// Whom the first of some texts names that names anybody; several where it is not known which of them is meant.
  func ids(of texts: [String]) -> Set<IDWords> {
    let found = texts.lazy.compactMap { exact[UnicodeText.folded($0)] }.first
    if let found { return found }
    let names = texts.filter { !Self.isAddress($0) }
    return names.lazy.compactMap { loose[LooseText.form(of: $0)] }.first ?? []
  }

  /// Addresses that differ in an accent are two.
  private static func isAddress(_ text: String) -> Bool { text.contains("@") }
}
