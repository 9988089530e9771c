import MeshCore
import MeshRecords
import MeshTables
import RecordsAPI

// How an import goes from state to state.
extension ImportJob {
  /// Begins to read the file, to see what is in it.
  ///
  /// - Parameters:
  ///   - size: bytes of the whole file.
  ///   - goesOn: whether it starts by itself afterwards.
  /// - Throws: INVALID_ARGUMENT unless exactly `size` bytes were received.
  mutating func survey(size: Int64, goesOn: Bool) throws(MeshError) {
    guard size == receivedBytes else {
      throw .invalid(
        "size_bytes",
        "must be \(receivedBytes), the number of bytes received, not \(size)"
      )
    }
    readAgain(goesOn: goesOn)
  }

  /// Begins to read the file once more.
  private mutating func readAgain(goesOn: Bool) {
    state = .surveying
    self.goesOn = goesOn
    convertedBytes = nil
    reading = nil
    progress = ImportProgress()
  }

  /// Takes over another mapping and other choices; a file that was read is read again where that changes what its
  /// columns say.
  ///
  /// - Throws: FAILED_PRECONDITION once it has started.
  mutating func change(
    _ mapping: ImportMapping,
    _ choices: ImportChoices
  ) throws(MeshError) {
    guard state == .receiving || state == .ready else {
      throw .failedPrecondition("the import was started or has ended; it cannot be changed")
    }
    var compared = mapping
    compared.dateOrder = self.mapping.dateOrder
    let isRead = compared == self.mapping && choices.sheet == self.choices.sheet
    if mapping != self.mapping || choices != self.choices { reading?.samples = [] }
    self.mapping = mapping
    self.choices = choices
    if state == .ready, !isRead { readAgain(goesOn: false) }
  }

  /// Ends the survey: the import goes on by itself, or waits.
  mutating func settle(_ mapping: ImportMapping, _ reading: ImportReading, _ start: RowPosition) {
    self.mapping = mapping
    self.reading = reading
    progress = ImportProgress(position: start)
    state = .ready
    if goesOn, questions.isEmpty { state = .running }
    goesOn = false
  }

  /// Starts it after its survey.
  ///
  /// - Throws: FAILED_PRECONDITION while a question is open, with a violation for each.
  mutating func run() throws(MeshError) {
    let open = questions
    if !open.isEmpty {
      throw MeshError(
        code: .failedPrecondition,
        reason: .invalidField,
        message: "the import has questions to answer before it can start",
        violations: open.map {
          FieldViolation(field: $0.field, description: $0.text)
        }
      )
    }
    reading?.samples = []
    state = .running
  }

  /// Stops it until it is started again; a survey ends, and does not go on by itself.
  mutating func pause() {
    switch state {
    case .running: state = .paused
    case .surveying: goesOn = false
    case .receiving, .ready, .paused, .succeeded, .failed, .cancelled, .undoing, .undone: break
    }
  }

  /// Begins to take back what it did, on behalf of whoever asks first.
  ///
  /// - Parameters:
  ///   - now: the time.
  ///   - member: who asks; nil for the operator.
  /// - Throws: FAILED_PRECONDITION while it is at work, for a dry run, and when it is too late.
  mutating func beginUndo(at now: Timestamp, by member: MemberID?) throws(MeshError) {
    switch state {
    case .undoing, .undone: return
    case .receiving, .surveying, .ready, .running, .paused:
      throw .failedPrecondition("the import has not ended; cancel it first")
    case .succeeded, .failed, .cancelled: break
    }
    guard !validateOnly else { throw .failedPrecondition("a dry run has nothing to undo") }
    // One that was never read made nothing, and of one of an older version it is not known what.
    guard reading != nil else {
      throw .failedPrecondition("nothing is known that the import did; it cannot be undone")
    }
    guard let endTime, now < endTime + ImportLimits.keepTime else {
      throw .failedPrecondition("an import can be undone for 30 days")
    }
    state = .undoing
    undoneBy = member
    undo = UndoProgress()
  }
}

extension ImportQuestion {
  /// The field of an import that answers it.
  var field: String {
    switch decision {
    case .decimal: "choices.decimal"
    case .dateOrder: "date_order"
    case .newValues: "choices.new_values"
    case .mapping, .unspecified, .unrecognized: "mapping"
    }
  }
}
