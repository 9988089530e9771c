import MeshCore
import MeshTables

extension TableFormat {
  /// How the file is written, in words.
  ///
  /// - Parameter container: what it was before its rows were made into text; nil for a text.
  /// - Returns: a clause.
  func words(in container: ConvertedTable?) -> String {
    if let container {
      let name = Self.withoutArticle(container.kind.name)
      return container.part.map { "\(name), “\($0)”" } ?? name
    }
    let separator =
      switch delimiter {
      case UInt8(ascii: ","): "commas"
      case UInt8(ascii: ";"): "semicolons"
      case UInt8(ascii: "\t"): "tabs"
      case UInt8(ascii: "|"): "bars"
      default: "“\(String(UnicodeScalar(delimiter)))”"
      }
    return "text in \(encoding.name), separated by \(separator)"
  }

  private static func withoutArticle(_ name: String) -> String {
    for article in ["an ", "a "] where name.hasPrefix(article) {
      return String(name.dropFirst(article.count))
    }
    return name
  }
}

extension IdentifierEvidence.Fault {
  /// Why the values of a column with a heading are no ids, as a sentence.
  func text(_ heading: String) -> String {
    switch self {
    case .repeated(_, let example):
      "“\(heading)” is no id, as its values are repeated"
        + (example.map { " (such as “\($0)”)" } ?? "") + "; rows are told apart by their values."
    case .shortened(_, let example):
      "“\(heading)” is no id, as a spreadsheet shortened its values (such as “\(example)”); rows are told apart "
        + "by their values."
    case .sparse:
      "“\(heading)” is no id, as most rows have none; rows are told apart by their values."
    case .empty: "“\(heading)” has no ids; rows are told apart by their values."
    }
  }
}
