import MeshCore

/// Whether the values of a column can be ids: each names one row.
///
/// Takes eight bytes a row.
package struct IdentifierEvidence: Sendable {
  /// Why a column is no id.
  package enum Fault: Sendable, Hashable {
    /// A value stands in several rows; an example, if one is at hand.
    case repeated(rows: Int, example: String?)
    /// A spreadsheet left only the first digits: `4.87655E+17`.
    case shortened(rows: Int, example: String)
    /// Fewer than half of the rows have one.
    case sparse(rows: Int)
    case empty
  }

  /// Values that are remembered to name one that repeats.
  private static let mostRemembered = 1_000
  /// Rows beyond these are not looked at, and the column is not trusted.
  private let mostRows: Int
  private var hashes: [UInt64] = []
  private var remembered: [UInt64: String] = [:]
  private var repeatedExample: String?
  private var shortened = 0
  private var shortenedExample = ""
  /// Rows with no id, placeholders included.
  private var without = 0
  private var isOverfull = false

  /// - Parameter mostRows: how many there may be.
  package init(mostRows: Int = 2_000_000) { self.mostRows = mostRows }

  package mutating func add(_ text: String) {
    let value = Self.id(text)
    if value.isEmpty {
      without += 1
      return
    }
    if value.utf8.count <= 40, SpreadsheetDamage.isScientific(value) {
      shortened += 1
      if shortenedExample.isEmpty { shortenedExample = value }
      return
    }
    guard hashes.count < mostRows else {
      isOverfull = true
      return
    }
    let hash = Self.hash(value)
    hashes.append(hash)
    guard repeatedExample == nil else { return }
    if let known = remembered[hash] {
      if known == value.cut(maxBytes: 60) { repeatedExample = known }
    } else if remembered.count < Self.mostRemembered {
      remembered[hash] = value.cut(maxBytes: 60)
    }
  }

  /// What speaks against the column; nil when its values can be trusted as ids.
  package func fault() -> Fault? {
    if shortened > 0 { return .shortened(rows: shortened, example: shortenedExample) }
    if hashes.isEmpty { return .empty }
    let sorted = hashes.sorted()
    var repeated = 0
    for index in sorted.indices.dropFirst() where sorted[index] == sorted[index - 1] {
      repeated += 1
    }
    if repeated > 0 || isOverfull { return .repeated(rows: repeated, example: repeatedExample) }
    return hashes.count < without ? .sparse(rows: hashes.count) : nil
  }

  /// The id of a cell; empty for a placeholder such as `N/A`, `-` or `0`, and for a GUID of zeros.
  package static func id(_ text: String) -> String {
    let value = CellText.value(text)
    if CellReading<String>.noValue(in: value) != nil { return "" }
    // `0`, and the GUID of nothing.
    if value.utf8.allSatisfy({ "0-{}".utf8.contains($0) }) { return "" }
    return withoutZeroDecimal(value)
  }

  /// `5001` for `5001.0`, as programs write a column of whole numbers with gaps.
  package static func withoutZeroDecimal(_ value: String) -> String {
    guard value.utf8.last == UInt8(ascii: "0"), value.hasSuffix(".0") else { return value }
    let digits = value.dropLast(2)
    return !digits.isEmpty && digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      ? String(digits) : value
  }

  /// FNV-1a with a final mix; equal on every machine.
  private static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    hash &*= 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
  }
}
