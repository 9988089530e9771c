package import MeshCore
package import MeshStore

/// What a backup is of: the first entry of its file.
package struct BackupManifest: Hashable, Sendable {
  package struct Service: Hashable, Sendable {
    package let name: String
    package let schema: StoredSchema
    /// Of its change log.
    let epoch: UInt64
  }

  /// The form of all entries; another number is another form.
  static let format = 1

  /// The moment of which the rows are.
  package let time: Timestamp
  package let services: [Service]
}

/// A table in a backup: its rows follow.
struct TableHead: Hashable {
  let service: String
  let table: String
  let columns: [String]
}

/// The end of a table's rows.
struct RowCount: Hashable {
  let rows: Int
  /// SHA-256 of the rows one behind the other, in hexadecimal digits.
  let checksum: String
}

/// The end of a backup: how much was before it.
struct BackupEnd: Hashable, Sendable {
  let tables: Int
  /// Rows of all tables.
  let rows: Int
}

// MARK: JSON

extension BackupManifest {
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("format")
    json.integer(Self.format)
    json.key("time")
    json.string(time.rfc3339)
    json.key("services")
    json.beginArray()
    for service in services {
      json.beginObject()
      json.key("service")
      json.string(service.name)
      json.key("store_version")
      json.integer(service.schema.storeVersion)
      json.key("log_epoch")
      json.string(String(service.epoch, radix: 16))
      json.key("migrations")
      json.beginArray()
      for step in service.schema.steps {
        json.beginObject()
        json.key("name")
        json.string(step.name)
        json.key("checksum")
        json.string(Hex.encode(step.checksum))
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  init(json: [UInt8]) throws {
    var (format, time, services): (Int?, Timestamp?, [Service]) = (nil, nil, [])
    var reader = JSONReader(json)
    try reader.object { key, reader in
      switch key {
      case "format": format = try reader.count()
      case "time": time = Timestamp(rfc3339: try reader.text())
      case "services": services = try reader.list { reader in try Service(&reader) }
      default: throw BackupError.malformed
      }
    }
    try reader.finish()
    guard format == Self.format else {
      throw BackupError.unreadable("its format \(format ?? 0) is of another release")
    }
    guard let time, Set(services.map(\.name)).count == services.count else {
      throw BackupError.malformed
    }
    self.init(time: time, services: services)
  }
}

extension BackupManifest.Service {
  fileprivate init(_ reader: inout JSONReader) throws {
    var (name, version, epoch): (String?, Int?, UInt64?) = (nil, nil, nil)
    var steps: [StoredSchema.Step] = []
    try reader.object { key, reader in
      switch key {
      case "service": name = try reader.text()
      case "store_version": version = try reader.count()
      case "log_epoch": epoch = UInt64(try reader.text(), radix: 16)
      case "migrations":
        steps = try reader.list { reader in
          var (name, checksum) = ("", [UInt8]())
          try reader.object { key, reader in
            switch key {
            case "name": name = try reader.text()
            case "checksum": checksum = Hex.decode(try reader.text()) ?? []
            default: throw BackupError.malformed
            }
          }
          return StoredSchema.Step(name: name, checksum: checksum)
        }
      default: throw BackupError.malformed
      }
    }
    guard let name, let version, let epoch else { throw BackupError.malformed }
    self.init(name: name, schema: StoredSchema(storeVersion: version, steps: steps), epoch: epoch)
  }
}

extension TableHead {
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("service")
    json.string(service)
    json.key("table")
    json.string(table)
    json.key("columns")
    json.beginArray()
    for column in columns { json.string(column) }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  init(json: [UInt8]) throws {
    var (service, table, columns): (String?, String?, [String]) = (nil, nil, [])
    var reader = JSONReader(json)
    try reader.object { key, reader in
      switch key {
      case "service": service = try reader.text()
      case "table": table = try reader.text()
      case "columns": columns = try reader.list { reader in try reader.text() }
      default: throw BackupError.malformed
      }
    }
    try reader.finish()
    guard let service, let table else { throw BackupError.malformed }
    self.init(service: service, table: table, columns: columns)
  }
}

extension RowCount {
  var json: [UInt8] { CheckedRows(rows: rows, check: checksum).json }

  init(json: [UInt8]) throws {
    let read = try CheckedRows(json: json)
    self.init(rows: read.rows, checksum: read.check)
  }
}

extension BackupEnd {
  var json: [UInt8] { CheckedRows(rows: rows, check: "\(tables)").json }

  init(json: [UInt8]) throws {
    let read = try CheckedRows(json: json)
    guard let tables = Int(read.check) else { throw BackupError.malformed }
    self.init(tables: tables, rows: read.rows)
  }
}

/// The form that both ends have in a file: `check` is a checksum, or of the whole backup the number of tables.
private struct CheckedRows {
  let rows: Int
  let check: String

  init(rows: Int, check: String) { (self.rows, self.check) = (rows, check) }

  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("rows")
    json.integer(rows)
    json.key("check")
    json.string(check)
    json.endObject()
    return json.bytes
  }

  init(json: [UInt8]) throws {
    var (rows, check): (Int?, String?) = (nil, nil)
    var reader = JSONReader(json)
    try reader.object { key, reader in
      switch key {
      case "rows": rows = try reader.count()
      case "check": check = try reader.text()
      default: throw BackupError.malformed
      }
    }
    try reader.finish()
    guard let rows, let check else { throw BackupError.malformed }
    self.init(rows: rows, check: check)
  }
}

extension BackupError {
  static let malformed = BackupError.unreadable("an entry is malformed")
}

extension JSONReader {
  fileprivate mutating func object(
    _ take: (_ key: String, _ reader: inout JSONReader) throws -> Void
  ) throws {
    try beginObject()
    while let key = try nextKey() { try take(String(decoding: key, as: UTF8.self), &self) }
  }

  fileprivate mutating func list<T>(_ element: (inout JSONReader) throws -> T) throws -> [T] {
    var elements: [T] = []
    try beginArray()
    while try nextElement() { elements.append(try element(&self)) }
    return elements
  }

  fileprivate mutating func text() throws -> String {
    String(decoding: try string(), as: UTF8.self)
  }

  fileprivate mutating func count() throws -> Int {
    guard let number = Int(String(decoding: try number(), as: UTF8.self)), number >= 0 else {
      throw BackupError.malformed
    }
    return number
  }
}
