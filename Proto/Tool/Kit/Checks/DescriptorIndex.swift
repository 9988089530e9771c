import ProtoDescriptors

/// The messages of all files by their full names.
struct DescriptorIndex {
  private var messages: [String: MessageDescriptor] = [:]

  init(_ files: [FileDescriptor]) {
    for message in files.flatMap(\.allMessages) { messages[message.fullName] = message }
  }

  func message(_ name: String) -> MessageDescriptor? { messages[name] }

  /// The field at the end of a dotted path from a message, such as `lead.id`.
  func field(_ path: String, of message: MessageDescriptor) -> FieldDescriptor? {
    var current: MessageDescriptor? = message
    var field: FieldDescriptor?
    for name in path.split(separator: ".") {
      field = current?.field(String(name))
      guard let found = field else { return nil }
      current = found.kind == .message ? self.message(found.typeName) : nil
    }
    return field
  }
}
