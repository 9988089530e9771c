import Glibc
import MeshCrypto
import MeshCore
import MeshService

/// The file with the key that backups are sealed with: 32 random bytes as 64 hexadecimal digits.
enum BackupKey {
  /// Reads the key.
  ///
  /// - Throws: `.failed` when there is none, or when users other than the file's owner may read it.
  static func read(_ path: String) throws(CommandError) -> [UInt8] {
    let text: String
    do {
      text = try SmallFile.secret(path)
    } catch {
      throw .failed("\(error)")
    }
    let line = text.last?.isNewline == true ? String(text.dropLast()) : text
    guard let key = Hex.decode(line), key.count == AES256GCM.keySize else {
      throw .failed("\(path) is no key for backups, which has 64 hexadecimal digits")
    }
    return key
  }

  /// Makes a key where there is none.
  ///
  /// - Returns: whether it was made.
  /// - Throws: `.failed` when it cannot be written.
  static func make(_ path: String) throws(CommandError) -> Bool {
    if access(path, F_OK) == 0 { return false }
    let text = Hex.encode(SecureRandom.bytes(AES256GCM.keySize))
    try TextFile.write("\(text)\n", to: path, mode: 0o600)
    return true
  }
}
