import CExpat

/// What goes on between expat and a handler.
final class XMLSession {
  /// How far elements are nested.
  private static let mostDepth = 200
  /// Bytes of one tag or comment, which expat keeps until its end.
  private static let mostTokenBytes = 1 << 20

  let kind: FileKind
  private let handler: any XMLHandler
  private let parser: OpaquePointer
  private var depth = 0
  /// Bytes that were read so far, and at the last time something was met in them.
  var fed = 0
  private var met = 0
  private(set) var failure: (any Error)?

  init(_ handler: any XMLHandler, _ parser: OpaquePointer, _ kind: FileKind) {
    self.handler = handler
    self.parser = parser
    self.kind = kind
  }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLSession? {
    pointer.map { Unmanaged<XMLSession>.fromOpaque($0).takeUnretainedValue() }
  }

  var isStuck: Bool { fed - met > Self.mostTokenBytes }

  func meet() { met = fed }

  /// Ends the reading; expat may still tell of an element's end, to which nobody listens.
  func fail(_ error: any Error) {
    failure = failure ?? error
    XML_StopParser(parser, 0)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard failure == nil else { return }
    meet()
    depth += 1
    guard depth <= Self.mostDepth else { return fail(ContainerFault.malformed(kind)) }
    do { try handler.start(name, attributes) } catch { fail(error) }
  }

  func end(_ name: XMLName) {
    guard failure == nil else { return }
    meet()
    depth -= 1
    do { try handler.end(name) } catch { fail(error) }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard failure == nil else { return }
    meet()
    do { try handler.text(bytes) } catch { fail(error) }
  }
}
