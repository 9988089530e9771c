import CICU

/// What texts are sorted by: bytes that stand in the order of the texts, on every database.
///
/// The order is that of the root locale (UTS #10 with CLDR's data): accents with their letter, case after
/// letter. A key is empty when the text is, and at most 400 bytes long: texts that begin alike for so long
/// have no order between them.
package enum CollationKey {
  private static let mostScalars = 100
  private static let mostBytes = 400

  /// The key of a text.
  package static func make(_ text: String) -> [UInt8] {
    if text.isEmpty { return [] }
    guard let collator = root.pointer else { return Array(text.lowercased().utf8) }
    let isShort = text.utf8.count <= mostScalars
    let units = Array(isShort ? text.utf16 : String(text.unicodeScalars.prefix(mostScalars)).utf16)
    return [UInt8](unsafeUninitializedCapacity: mostBytes) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      let length = cicu_sort_key(collator, units, Int32(units.count), start, Int32(mostBytes))
      count = min(Int(length), mostBytes)
      // The end mark says nothing where keys are compared with their lengths.
      if count > 0, bytes[count - 1] == 0 { count -= 1 }
    }
  }

  /// Changes whenever keys of the same text do.
  package static let version: [UInt8] = {
    guard let collator = root.pointer else { return [0] }
    var version: [UInt8] = [0, 0, 0, 0]
    cicu_sort_key_version(collator, &version)
    return version
  }()

  /// ICU's collator, which any thread may read: it is never changed after it was opened.
  private struct Collator: @unchecked Sendable {
    let pointer: OpaquePointer?
  }

  private static let root = Collator(pointer: cicu_root_collator())
}
