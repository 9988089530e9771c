/// Swift source being written, line by line.
struct SourceText {
  private(set) var text = ""
  private var indentation = ""

  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += indentation + line }
    text += "\n"
  }

  /// `head {`, the body a step further in, `}`; `parameters` are those of a closure.
  mutating func block<E: Error>(
    _ head: String,
    _ parameters: String = "",
    _ body: (inout SourceText) throws(E) -> Void
  ) throws(E) {
    line(head + (parameters.isEmpty ? " {" : " { \(parameters)"))
    try indented(body)
    line("}")
  }

  /// `case pattern:` and its statements a step further in.
  mutating func cases(_ pattern: String, _ body: (inout SourceText) -> Void) {
    line("case \(pattern):")
    indented(body)
  }

  private mutating func indented<E: Error>(
    _ body: (inout SourceText) throws(E) -> Void
  ) throws(E) {
    indentation += "  "
    try body(&self)
    indentation.removeLast(2)
  }

  /// `switch subject {`, the cases at the same level, `}`.
  mutating func choice(_ subject: String, _ cases: (inout SourceText) -> Void) {
    line("switch \(subject) {")
    cases(&self)
    line("}")
  }

  /// The proto's comment as a doc comment.
  mutating func documentation(_ comment: String) {
    if comment.isEmpty { return }
    for text in comment.split(separator: "\n", omittingEmptySubsequences: false) {
      line(text.isEmpty ? "///" : "/// \(text)")
    }
  }
}
