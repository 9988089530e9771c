/// What code may say where: access, unsafety, concurrency and sleeping.
enum CodeRules {
  /// A service shows one type, its composition root; nothing anywhere is public.
  static func accessViolations(in file: SourceFile) -> [Violation] {
    var found = file.violations(
      matching:
        #/\b(?:public|open)\s+(?:\w+\s+)*?(?:struct|class|enum|protocol|func|var|let|init|extension|typealias|actor|import)\b/#,
      hints: ["public ", "open "],
      "nothing is public: the package is the unit of sharing"
    )
    guard let root = compositionRoot(of: file.path) else { return found }
    var enclosing = ""
    for (index, line) in file.code.enumerated() {
      if let match = line.firstMatch(
        of: #/^(?:\w+\s+|@\w+\s+)*(?:struct|class|enum|actor|protocol|extension)\s+(\w+)/#
      ) {
        enclosing = String(match.1)
      }
      guard line.contains("package"), line.contains(#/\bpackage\s+(?!import\b)/#.ofCode) else {
        continue
      }
      if enclosing != root {
        found.append(file.violation(index + 1, "only \(root) is visible outside its service"))
      }
    }
    return found
  }

  /// `LeadsService` for a file of the Leads service; nil elsewhere.
  private static func compositionRoot(of path: String) -> String? {
    let folders = path.split(separator: "/")
    guard folders.count > 3, folders[0] == "Services", folders[2] == "Service" else { return nil }
    return "\(folders[1])Service"
  }

  /// What switches the compiler's checks off stays in Shared and says why, on its line or above.
  static func unsafeViolations(in file: SourceFile, exceptions: Exceptions) -> [Violation] {
    guard file.path.hasSuffix(".swift"), !file.isIn("Tests"),
      file.mentions("nsafe")
        || file.mentions("@unchecked")
    else { return [] }
    let mayPoint = file.isIn("Shared") || exceptions.allows("unsafe", file.path)
    var found: [Violation] = []
    for (index, line) in file.code.enumerated() {
      if !mayPoint, line.contains("nsafe"), line.contains(#/\bUnsafe\w+/#.ofCode) {
        found.append(file.violation(index + 1, "unsafe pointers stay in Shared"))
      }
      guard line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") else {
        continue
      }
      if !file.isIn("Shared") {
        found.append(file.violation(index + 1, "unchecked concurrency stays in Shared"))
      } else if !hasReason(at: index + 1, in: file) {
        found.append(file.violation(index + 1, "unchecked concurrency gives no reason"))
      }
    }
    return found
  }

  /// A comment on the line, or directly above it past attributes.
  private static func hasReason(at line: Int, in file: SourceFile) -> Bool {
    var candidate = line
    while candidate > 0 {
      if file.commentedLines.contains(candidate) { return true }
      candidate -= 1
      guard candidate > 0 else { return false }
      let isAttribute = file.code[candidate - 1].contains(#/^\s*@\w+(?:\([^)]*\))?\s*$/#)
      guard isAttribute || file.commentedLines.contains(candidate) else { return false }
    }
    return false
  }

  /// What a test draws at random can be drawn again.
  static func randomViolations(in file: SourceFile) -> [Violation] {
    guard file.isIn("Tests"), file.path.hasSuffix(".swift") else { return [] }
    return file.violations(
      matching:
        #/\b\w*Random[N]umberGenerator\b|\.random\(in:[^,]*\)|\.(?:randomElement|shuffled?)\(\)/#,
      hints: ["andom", "shuffle"],
      "the seed of the run does not repeat it: use SeededRandom"
    )
  }

  /// Nothing waits by the clock; work stays on the loop.
  static func concurrencyViolations(in file: SourceFile) -> [Violation] {
    guard file.path.hasSuffix(".swift"), !file.isIn("Shared/MeshLoop") else { return [] }
    var found = file.violations(
      matching:
        #/\b(?:Task|Thread)\.sleep\b|\b(?:usleep|nanosleep)\s*\(|(?:^|[^\w.])sleep\s*\(\s*(?!for:)/#,
      hints: ["sleep"],
      "waits by the clock: use MeshLoop's sleep(for:), or wait for the event"
    )
    guard file.isIn("Shared", "Services", "Gateway", "Deploy/CLI") else { return found }
    found += file.violations(
      // Where an expression begins: a function may return a record of that name.
      matching:
        #/(?:^|[=({,?:]|\b(?:return|await|try))\s*Task\s*(?:\([^)]*\)\s*)?\{|\bTask\.detached\b/#,
      hints: ["Task"],
      "a bare task leaves the loop: use Task.immediate { @LoopActor in ... }"
    )
    found += file.violations(
      matching: #/\basync\s+let\b/#,
      hints: ["async let"],
      "async let leaves the loop"
    )
    found += file.violations(
      matching: #/^(?:\w+\s+)*actor\s+\w+/#,
      hints: ["actor "],
      "a default actor leaves the loop: isolate to LoopActor"
    )
    found += file.violations(
      matching: #/\bDispatch(?:Queue|Group|Semaphore)\b/#,
      hints: ["Dispatch"],
      "Dispatch leaves the loop: use BlockingPool"
    )
    return found
  }

  /// Words that mean unfinished work, and tests that cannot fail or do not run.
  ///
  /// Spelled in two halves, so that this file passes.
  static func unfinishedViolations(in file: SourceFile) -> [Violation] {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    let switchedOff = [
      "#expect(" + "true)", ".disab" + "led(", "withKnown" + "Issue", "pytest.mark." + "skip",
      "pytest." + "skip(", "it." + "skip(", "Not implemented" + " yet",
    ]
    guard (words + switchedOff).contains(where: file.mentions) else { return [] }
    return file.lines.enumerated().compactMap { index, line in
      if let word = words.first(where: { line.contains($0) && hasWord($0, line) }) {
        return file.violation(index + 1, "\(word): finish it, or leave it out")
      }
      // A condition with its reason is shown in the report; a bare mark hides the test for good.
      let judged = line.replacing("pytest.mark." + "skipif(", with: "")
      guard let mark = switchedOff.first(where: { judged.contains($0) }) else { return nil }
      return file.violation(index + 1, "\(mark): a test that cannot fail")
    }
  }

  private static func hasWord(_ word: String, _ line: Substring) -> Bool {
    line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { $0 == word }
  }
}
