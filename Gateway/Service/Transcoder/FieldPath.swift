import MeshCore
import MeshProto

/// A field of a request, or of a message in it: `lead.id`.
struct FieldPath: Sendable, Equatable {
  /// Indices into the fields of each message along the path; never empty.
  let indices: [Int]
  let name: String
  let isRepeated: Bool

  /// Finds a field whose value can be written as one text.
  init?(_ name: String, in message: MessageShape, schema: Schema) {
    var indices: [Int] = []
    var shape = message
    var isLeaf = false
    var isRepeated = false
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      guard !isLeaf, let index = shape.index(named: Array(part.utf8)[...]) else { return nil }
      let field = shape.fields[index]
      indices.append(index)
      isRepeated = field.shape == .repeated
      guard field.shape != .map else { return nil }
      guard case .message(let inner) = field.kind else {
        isLeaf = true
        continue
      }
      shape = schema.messages[inner]
      switch shape.form {
      case .timestamp, .duration, .fieldMask: isLeaf = true
      case .fields where field.shape == .singular: break
      default: return nil
      }
    }
    guard isLeaf else { return nil }
    self.indices = indices
    self.name = name
    self.isRepeated = isRepeated
  }
}

/// A text for a field of the request, from its path, its query or a header.
struct Assignment {
  let path: FieldPath
  let text: String

  /// Writes the fields of one message that assignments set.
  ///
  /// - Parameters:
  ///   - assignments: those whose path begins with the message.
  ///   - level: how many steps of their paths lead to the message.
  ///   - message: the message's index in `schema`.
  ///   - schema: all types.
  ///   - output: where they are written.
  /// - Throws: when a text is not a valid value of its field.
  static func write(
    _ assignments: [Assignment],
    at level: Int,
    of message: Int,
    schema: Schema,
    to output: inout WireOutput
  ) throws(JSONError) {
    var done: [Int] = []
    for assignment in assignments {
      let index = assignment.path.indices[level]
      let field = schema.messages[message].fields[index]
      guard assignment.path.indices.count > level + 1 else {
        do throws(JSONError) {
          try assignment.writeValue(of: field, schema: schema, to: &output)
        } catch {
          throw error.within(assignment.path.name)
        }
        continue
      }
      guard !done.contains(index), case .message(let inner) = field.kind else { continue }
      done.append(index)
      output.tag(field.number, .delimited)
      let start = output.beginDelimited()
      try write(
        assignments.filter { $0.path.indices[level] == index },
        at: level + 1,
        of: inner,
        schema: schema,
        to: &output
      )
      output.endDelimited(start)
    }
  }

  private func writeValue(
    of field: FieldShape,
    schema: Schema,
    to output: inout WireOutput
  ) throws(JSONError) {
    output.tag(field.number, field.kind.wireType)
    guard case .message(let index) = field.kind else {
      let bytes = Array(text.utf8)
      return try ScalarText.write(bytes[...], field.kind, schema: schema, to: &output)
    }
    let start = output.beginDelimited()
    switch schema.messages[index].form {
    case .timestamp: try WellKnownJSON.writeTimestamp(text, to: &output)
    case .duration: try WellKnownJSON.writeDuration(text, to: &output)
    case .fieldMask: try WellKnownJSON.writeFieldMask(text, to: &output)
    default: throw JSONError(.value, "must be an object")
    }
    output.endDelimited(start)
  }
}
