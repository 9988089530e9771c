import FoundationEssentials

/// Files as bytes.
enum Files {
  static func read(_ path: String) throws(ToolError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw .failed("\(path) cannot be read: \(error)")
    }
  }

  /// Replaces the file as a whole, or leaves it as it was.
  static func write(_ bytes: [UInt8], to path: String) throws(ToolError) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .failed("\(path) cannot be written: \(error)")
    }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
