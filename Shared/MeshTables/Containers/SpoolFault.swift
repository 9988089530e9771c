/// What can happen to a file of bytes that do not fit into memory.
package enum SpoolFault: Error, Equatable, Sendable {
  /// There is no folder for temporary files, or no room in it.
  case unwritable
  /// It cannot be read again.
  case unreadable
}
