import Glibc

/// The name of an element without its prefix, as long as its handler runs.
struct XMLName {
  private let text: UnsafePointer<CChar>

  init(_ text: UnsafePointer<CChar>) {
    self.text = strchr(text, Int32(UInt8(ascii: ":"))).map { UnsafePointer($0 + 1) } ?? text
  }

  func `is`(_ name: StaticString) -> Bool {
    strcmp(text, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}
