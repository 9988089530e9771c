import ProtoDescriptors

// The statements that write and read a field.

extension FieldCode {
  func encode(in source: inout SourceText) {
    let number = field.number
    switch shape {
    case .implicit:
      let property = "self.\(name)"
      source.line(
        "if \(value.isSent(property)) { \(value.write(property, number: number)) }"
      )
    case .optional, .message, .boxedMessage:
      source.line("if let value = self.\(name) { \(value.write("value", number: number)) }")
    case .repeated:
      source.line("for value in self.\(name) { \(value.write("value", number: number)) }")
    case .packed:
      source.block("if !self.\(name).isEmpty") { source in
        source.block("writer.delimited(\(number << 3 | 2))", "writer in") { source in
          source.line("for value in self.\(name) { \(value.writePacked("value")) }")
        }
      }
    case .map(let key, let value):
      encodeMap(key, value, in: &source)
    case .oneofMember:
      source.line("case .\(name)(let value)?: \(value.write("value", number: number))")
    case .domain(let domain):
      let write = domain.write("value", tag: value.tag(number))
      source.line("if let value = self.\(name) { \(write) }")
    case .repeatedDomain(let domain):
      let write = domain.write("value", tag: value.tag(number))
      source.line("for value in self.\(name) { \(write) }")
    }
  }

  /// Entries are sorted by key, so that equal maps give equal bytes.
  private func encodeMap(_ key: ValueCode, _ value: ValueCode, in source: inout SourceText) {
    let order = key.kind == .bool ? "!$0.key && $1.key" : "$0.key < $1.key"
    source.block("for (key, value) in self.\(name).sorted(by: { \(order) })") { source in
      source.block("writer.delimited(\(field.number << 3 | 2))", "writer in") { source in
        source.line(key.write("key", number: 1))
        source.line(value.write("value", number: 2))
      }
    }
  }

  /// The cases of the switch over tags that read this field.
  ///
  /// `oneof` is the property of the oneof that the field belongs to.
  func decode(in source: inout SourceText, oneof: String?) {
    let tag = value.tag(field.number)
    switch shape {
    case .implicit, .optional:
      source.line("case \(tag): self.\(name) = \(value.read(field.name))")
    case .message, .boxedMessage:
      source.cases("\(tag)") { source in
        source.line("var value = self.\(name) ?? \(value.type)()")
        value.read(into: "value", "\"\(pathName)\"", in: &source)
        source.line("self.\(name) = value")
      }
    case .repeated, .packed:
      decodeRepeated(tag, in: &source)
    case .map(let key, let value):
      source.cases("\(field.number << 3 | 2)") { source in
        decodeEntry(key, value, in: &source)
      }
    case .oneofMember:
      decodeOneofMember(tag, in: &source, oneof ?? name)
    case .domain(let domain):
      source.line("case \(tag): self.\(name) = \(domain.read(field, tag: tag))")
    case .repeatedDomain(let domain):
      source.cases("\(tag)") { source in
        let read = domain.read(field, addedTo: name, tag: tag)
        source.line("if let value = \(read) {")
        source.line("  self.\(name).append(value)")
        source.line("}")
      }
    }
  }

  /// Takes packed and single values alike, whichever way the proto declares.
  private func decodeRepeated(_ tag: Int, in source: inout SourceText) {
    guard field.kind != .message else {
      source.cases("\(tag)") { source in
        source.line("var value = \(value.type)()")
        value.read(into: "value", "\"\(field.name)\", at: self.\(name).count", in: &source)
        source.line("self.\(name).append(value)")
      }
      return
    }
    source.line("case \(tag): self.\(name).append(\(value.read(field.name)))")
    guard value.isPackable else { return }
    source.cases("\(field.number << 3 | 2)") { source in
      source.line("try reader.packed { (reader) throws(MeshProto.WireError) in")
      source.line("  self.\(name).append(\(value.read(field.name)))")
      source.line("}")
    }
  }

  private func decodeEntry(
    _ key: ValueCode,
    _ value: ValueCode,
    in source: inout SourceText
  ) {
    source.line("var key: \(key.type) = \(key.defaultValue)")
    source.line("var value: \(value.type) = \(value.defaultValue)")
    let head = "try reader.message(\"\(field.name)\")"
    source.block(head, "(reader) throws(MeshProto.WireError) in") { source in
      source.block("while true") { source in
        source.choice("try reader.nextTag()") { source in
          source.line("case 0: return")
          source.line("case \(key.tag(1)): key = \(key.read("key"))")
          source.cases("\(value.tag(2))") { source in
            if value.kind == .message {
              value.read(into: "value", "\"value\"", in: &source)
            } else {
              source.line("value = \(value.read("value"))")
            }
          }
          source.line("case let tag: try reader.skip(tag)")
        }
      }
    }
    source.line("self.\(name)[key] = value")
  }

  private func decodeOneofMember(_ tag: Int, in source: inout SourceText, _ oneof: String) {
    guard field.kind == .message else {
      source.line("case \(tag): self.\(oneof) = .\(name)(\(value.read(field.name)))")
      return
    }
    source.cases("\(tag)") { source in
      source.line("var value = \(value.type)()")
      source.line("if case .\(name)(let current)? = self.\(oneof) { value = current }")
      value.read(into: "value", "\"\(field.name)\"", in: &source)
      source.line("self.\(oneof) = .\(name)(value)")
    }
  }
}
