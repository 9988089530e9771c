import Testing

@Suite struct `Access control` {
  @Test func `a service shows its composition root only, and nothing is public`() {
    #expect(Repository.swift.flatMap(CodeRules.accessViolations) == [])
  }

  @Test func `a second visible type, a visible member of it and a public one are found`() {
    let file = SourceFile(
      path: "Services/Leads/Service/Lead.swift",
      text: """
        package struct LeadsService { package init() {} }
        struct Lead {
          package var id: String
        }
        extension LeadsService { package func run() {} }
        package import MeshCore
        public enum Band {}
        let word = "package struct"
        """
    )
    #expect(CodeRules.accessViolations(in: file).map(\.line) == [7, 3])
  }
}

@Suite struct `Unchecked code` {
  @Test func `stays in Shared and gives its reason`() {
    let exceptions = Exceptions(Repository.text(Exceptions.path) ?? "")
    let found = Repository.swift.flatMap {
      CodeRules.unsafeViolations(in: $0, exceptions: exceptions)
    }
    #expect(found == [])
  }

  @Test func `is found in a service`() {
    let file = SourceFile(
      path: "Services/Leads/Service/Lead.swift",
      text: """
        func read(_ bytes: UnsafeRawBufferPointer) {}
        // A reason helps nobody here.
        nonisolated(unsafe) var count = 0
        """
    )
    let found = CodeRules.unsafeViolations(in: file, exceptions: Exceptions(""))
    #expect(found.map(\.line) == [1, 3])
    let excused = Exceptions("unsafe | \(file.path) | a reason")
    #expect(CodeRules.unsafeViolations(in: file, exceptions: excused).map(\.line) == [3])
  }

  @Test func `without a reason is found in Shared`() {
    let file = SourceFile(
      path: "Shared/MeshLoop/Loop.swift",
      text: """
        final class Loop: @unchecked Sendable {}

        // Only the loop's thread touches it.
        @usableFromInline
        final class Timers: @unchecked Sendable {}
        nonisolated(unsafe) var count = 0  // Set before threads start.
        """
    )
    let found = CodeRules.unsafeViolations(in: file, exceptions: Exceptions(""))
    #expect(found == [file.violation(1, "unchecked concurrency gives no reason")])
  }
}

@Suite struct `Concurrency and waiting` {
  @Test func `stay on the loop and never wait by the clock`() {
    #expect(Repository.swift.flatMap(CodeRules.concurrencyViolations) == [])
  }

  @Test(arguments: [
    "Task { await work() }", "Task(priority: .high) { }", "Task.detached { }",
    "async let a = f()", "actor Cache {", "try await Task.sleep(for: .seconds(1))",
    "usleep(10)", "sleep(1)", "DispatchQueue.main.async(execute: f)",
  ])
  func `what leaves the loop or sleeps is found`(code: String) {
    let file = SourceFile(path: "Services/Leads/Service/Lead.swift", text: code)
    #expect(CodeRules.concurrencyViolations(in: file).count == 1)
  }

  @Test(arguments: [
    "Task.immediate { @LoopActor in await work() }", "let task: Task<Void, Never>?",
    "try await sleep(for: .seconds(1))", "// Task { }", "let text = \"async let\"",
  ])
  func `what stays on it passes`(code: String) {
    let file = SourceFile(path: "Services/Leads/Service/Lead.swift", text: code)
    #expect(CodeRules.concurrencyViolations(in: file) == [])
  }
}

@Suite struct `Chance in tests` {
  @Test func `begins with the seed of the run`() {
    #expect(Repository.swift.flatMap(CodeRules.randomViolations) == [])
  }

  @Test(arguments: [
    "struct Mine: RandomNumberGenerator {", "var random = SystemRandomNumberGenerator()",
    "let number = Int.random(in: 1...4)", "let one = names.randomElement()", "all.shuffle()",
  ])
  func `that cannot be repeated is found`(code: String) {
    let file = SourceFile(path: "Tests/LeadsTests/LeadTests.swift", text: code)
    #expect(CodeRules.randomViolations(in: file).count == 1)
  }

  @Test(arguments: [
    "let number = Int.random(in: 1...4, using: &random)", "names.randomElement(using: &random)",
    "names.shuffled(using: &random)", "// shuffled()",
  ])
  func `that can be repeated passes`(code: String) {
    let file = SourceFile(path: "Tests/LeadsTests/LeadTests.swift", text: code)
    #expect(CodeRules.randomViolations(in: file) == [])
  }
}

@Suite struct `Unfinished work` {
  @Test func `is nowhere`() {
    let found = Repository.files.filter { !$0.path.hasSuffix("CodeRules.swift") }
      .flatMap(CodeRules.unfinishedViolations)
    #expect(found == [])
  }

  @Test func `is found in every kind of file`() {
    let mark = "TO" + "DO"
    for path in ["a.swift", "a.md", "a.tsx", "a.proto"] {
      let file = SourceFile(path: path, text: "fine\nthis too \(mark): later\nin\(mark)ist")
      #expect(CodeRules.unfinishedViolations(in: file).map(\.line) == [2])
    }
  }

  @Test func `a test that cannot fail or is switched off is found`() {
    let file = SourceFile(
      path: "a.swift",
      text: "#expect(" + "true)\n@Test(.disab" + "led(\"later\"))"
    )
    #expect(CodeRules.unfinishedViolations(in: file).map(\.line) == [1, 2])
  }
}

@Suite struct `The lexer of these rules` {
  @Test func `keeps code and lines, and blanks comments and strings`() {
    let lexer = SwiftLexer(
      """
      let a = "x // \\(f("y")) z"  // note
      /* one /* two */ still */ let b = #"raw " here"#
      let c = \"\"\"
        Task { }
        \"\"\"; let d = 1
      """
    )
    let code = String(decoding: lexer.code, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(code == ["let a =", "let b =", "let c =", "", "; let d = 1"])
    #expect(
      lexer.literals.map(\.text) == ["y", "x // \\(f(\"y\")) z", "raw \" here", "\n  Task { }\n  "]
    )
    #expect(lexer.literals.map(\.line) == [1, 1, 2, 3])
    #expect(lexer.commentedLines == [1, 2])
  }
}
