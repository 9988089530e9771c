@testable import MeshTables

/// What a file gives when it is read.
struct ReadTable {
  var kind: FileKind
  var part: String?
  var remarks: [String]
  var rows: [[String]] = []
  var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: of the file, which are given in pieces of 1 to 1,000 bytes.
  ///   - part: of it.
  ///   - limits: of what is read.
  /// - Throws: what reading it throws.
  init(_ bytes: [UInt8], part: String? = nil, limits: ContainerLimits = .init()) throws {
    let source = ByteSource(count: bytes.count) { offset, count in
      Array(bytes[offset..<offset + min(count, 1_000 - offset % 1_000)])
    }
    final class Found {
      var rows: [[String]] = []
      var bytes: [UInt8] = []
    }
    let found = Found()
    let file = try TableFile(source, limits: limits)
    let table = try file.read(part: part) { piece in
      switch piece {
      case .row(let cells): found.rows.append(cells)
      case .bytes(let bytes): found.bytes += bytes
      }
    }
    kind = table.kind
    self.part = table.part
    remarks = table.remarks
    rows = found.rows
    self.bytes = found.bytes
  }

  init(_ text: String, part: String? = nil) throws { try self.init(Array(text.utf8), part: part) }
}
