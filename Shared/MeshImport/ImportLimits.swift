/// What an import may take.
enum ImportLimits {
  /// How long an import waits for its content, and to be started.
  static let receivingTime = Duration.seconds(24 * 60 * 60)
  /// How many of one person wait to be started; a further one takes the place of the oldest.
  static let readyImports = 10
  /// How long after its start a paused import waits to be continued.
  static let pausedTime = Duration.seconds(30 * 24 * 60 * 60)
  /// How long what it did and the rows that it kept are there after its end.
  static let keepTime = Duration.seconds(30 * 24 * 60 * 60)
  /// How often it looks for imports that waited too long, and for content that is no longer needed.
  static let sweepInterval = Duration.seconds(60)
  /// Characters of a name by which a file refers to another record.
  static let nameLength = 200
  /// How many names of records are compared with a name that finds none.
  static let comparedNames = 1_000
  /// Names of a batch that are compared with those, and bytes of one: all of it happens in the batch's transaction.
  static let hints = 10
  static let hintBytes = 200
  /// How many values an import may replace.
  static let values = 1_000
  /// New values of a list that are added without a question.
  static let unaskedValues = 10
  /// Links between records of one file that one transaction makes.
  static let links = 200
  /// Records that one transaction takes back.
  static let undone = 100
  /// Bytes of a heading.
  static let headingBytes = 1_000
  /// Bytes of all headings of a file.
  static let headingsBytes = 128 << 10
  /// Chunks deleted in one transaction.
  static let deletedChunks = 8
  /// Rows of a report that are deleted in one transaction.
  static let deletedRows = 1_000
  /// Largest chunk in bytes.
  static let chunkBytes = 2 << 20
  /// Bytes that all chunks but the last are stored with at least, however small they come.
  static let leastChunkBytes = 64 << 10
  /// Bytes of a chunk of converted rows.
  static let convertedChunkBytes = 1 << 20
  /// Bytes read at a time; a longer row takes several reads.
  static let windowBytes = 256 << 10
  /// Reads of one step; a longer record takes several steps.
  static let windowsOfStep = 16
  /// Rows in one transaction: enough for speed, few enough that other writers wait only
  /// milliseconds.
  static let batchRows = 200
  /// How many refused rows and rows with remarks are kept for download; any beyond that are only counted.
  static let keptRows = 100_000
  /// Faults of a row that a report has one by one.
  static let faultsOfRow = 20
  /// Bytes of what is said of a row in one cell.
  static let reasonBytes = 2_000
  /// Refused rows after which nobody waits for the others: the file is another one, or its mapping.
  static let refusedRows = 1_000_000
  /// Characters of a value that remarks quote.
  static let quotedCharacters = 200
  /// Remarks on rows that a report has one by one.
  static let rowRemarks = 500
  /// Columns of a file whose different values are collected.
  static let listedColumns = 20
  /// New values of one list that a reading has, and unknown owners.
  static let listedValues = 200
  /// Remarks of a reading.
  static let readingRemarks = 50
  /// Bytes of a remark of a reading.
  static let readingRemarkBytes = 1_000
  /// Rows of a preview.
  static let samples = 5
  /// Fields of a row of a preview.
  static let sampleValues = 60
  /// Remarks on a row of a preview.
  static let sampleRemarks = 20
  /// Characters of a value in a preview.
  static let sampleCharacters = 200
  /// Bytes of a stretch of the rows that were kept.
  static let keptBytes = 1 << 20
}
