package import MeshCore
import MeshCrypto

/// A place in a change log for those outside the mesh to keep.
///
/// A number in clear would tell each tenant how much all the others change, and anyone could ask for any
/// place. So the number is covered, by what only the store can compute from the code beside it, and the
/// code holds only in the log that it was made for.
struct SealedCursor {
  private static let codeSize = 16
  private static let positionSize = 8

  private let key: [UInt8]
  private let epoch: [UInt8]

  init(key: [UInt8], epoch: UInt64) {
    self.key = key
    self.epoch = epoch.bigEndianBytes
  }

  /// 32 characters of the base 64 for addresses; the same for the same place.
  func text(_ position: Int64) -> String {
    let plain = UInt64(bitPattern: position).bigEndianBytes
    let code = code(of: plain)
    return Base64.encodeURL(code + zip(plain, cover(code)).map { $0 ^ $1 })
  }

  /// The place that a text stands for; nil when this log has not made it.
  func position(_ text: String) -> Int64? {
    guard text.utf8.count == 32, let bytes = Base64.decodeURL(text[...]),
      bytes.count == Self.codeSize + Self.positionSize
    else { return nil }
    let code = Array(bytes[..<Self.codeSize])
    let plain = zip(bytes[Self.codeSize...], cover(code)).map { $0 ^ $1 }
    guard ConstantTime.areEqual(code, self.code(of: plain)) else { return nil }
    return Int64(bitPattern: UInt64(bigEndianBytes: plain))
  }

  private func code(of plain: [UInt8]) -> [UInt8] {
    let message = Array("leadmesh log place 1\n".utf8) + epoch + plain
    return Array(HMACSHA256.code(for: message, key: key)[..<Self.codeSize])
  }

  private func cover(_ code: [UInt8]) -> [UInt8] {
    let message = Array("leadmesh log cover 1\n".utf8) + code
    return Array(HMACSHA256.code(for: message, key: key)[..<Self.positionSize])
  }
}

extension Store {
  /// The sealed cursor of the place after the change with that number.
  package func sealedCursor(after sequence: Int64) -> String { seal.text(sequence) }

  /// The sealed cursor of the end of the log.
  package var sealedEnd: String { seal.text(core.news.last) }

  /// The place that a sealed cursor is at.
  ///
  /// - Returns: the number of the last change before the place.
  /// - Throws: FAILED_PRECONDITION with reason FOREIGN_CURSOR for a text that this log has not made.
  package func position(ofSealed cursor: String) throws(MeshError) -> Int64 {
    guard let position = seal.position(cursor) else { throw .foreignCursor }
    return position
  }

  private var seal: SealedCursor { SealedCursor(key: core.pageKey, epoch: core.epoch) }
}
