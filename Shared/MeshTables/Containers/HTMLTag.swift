/// The tags of a web page that matter to its tables.
enum HTMLTag {
  case table, row, cell
  case lineBreak
  /// What has lines of its own.
  case block
  case script, style, title, textArea
  case other

  private static let names: [(letters: UInt64, tag: HTMLTag)] = {
    let tags: [(String, HTMLTag)] = [
      ("td", .cell), ("tr", .row), ("th", .cell), ("table", .table), ("br", .lineBreak),
      ("p", .block), ("div", .block), ("li", .block), ("script", .script), ("style", .style),
      ("title", .title), ("textarea", .textArea),
    ]
    return tags.map { (packed(Array($0.0.utf8)[...]), $0.1) }
  }()

  /// - Parameter name: in letters of any case.
  init(_ name: ArraySlice<UInt8>) {
    let letters = Self.packed(name)
    self = Self.names.first { $0.letters == letters }?.tag ?? .other
  }

  /// Whether what is in it is no text of the page.
  var isRaw: Bool {
    switch self {
    case .script, .style, .title, .textArea: true
    default: false
    }
  }

  /// A name of up to eight letters as a number; zero for a longer one.
  private static func packed(_ name: ArraySlice<UInt8>) -> UInt64 {
    name.count > 8 ? 0 : name.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
  }
}
