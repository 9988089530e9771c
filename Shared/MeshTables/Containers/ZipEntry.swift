/// A file in a zip archive.
struct ZipEntry {
  /// Its path, with slashes; what is not UTF-8 in it is replaced.
  let name: String
  /// How it is packed: 0 for as it is, 8 for deflated.
  let method: UInt16
  let isEncrypted: Bool
  /// The CRC-32 of what it holds.
  let checksum: UInt32
  let packedSize: Int
  /// Bytes that it holds, as the archive says.
  let size: Int
  /// Where its own header begins in the archive.
  let offset: Int

  /// Whether it is a file of the user: no folder, and none of those that systems put there themselves.
  var isOrdinary: Bool {
    let last = name.split(separator: "/").last ?? ""
    let own = ["thumbs.db", "desktop.ini", ".ds_store"]
    return !name.hasSuffix("/") && !name.hasPrefix("__MACOSX/") && !last.hasPrefix("._")
      && !own.contains(last.lowercased())
  }
}
