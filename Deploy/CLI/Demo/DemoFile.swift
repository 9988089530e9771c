/// A CSV file of plausible leads, the same for the same seed, generated as it is read.
///
/// Two rows in a hundred duplicate an earlier lead, one in five hundred cannot become a lead; every
/// row has its own external id. Each row is generated independently of the earlier ones, so memory
/// use does not depend on the number of rows.
struct DemoFile: Sendable {
  /// A duplicate repeats the row that is so many rows before it.
  private static let distance = 23

  let rows: Int
  let seed: UInt64
  /// How many rows have been written; -1 before the header.
  private var written = -1
  private var rest: [UInt8] = []

  init(rows: Int, seed: UInt64) {
    self.rows = rows
    self.seed = seed
  }

  /// The next `size` bytes of the file; fewer only at its end, none after it.
  mutating func read(_ size: Int) -> [UInt8] {
    while rest.count < size, written < rows {
      Self.append(written < 0 ? DemoLead.columns : lead(written).values, to: &rest)
      written += 1
    }
    let chunk = Array(rest.prefix(size))
    rest.removeFirst(chunk.count)
    return chunk
  }

  /// The row with a number, from 0.
  func lead(_ number: Int) -> DemoLead {
    if number % 50 == 37 { return repetition(number) }
    var lead = DemoLead(number: number, seed: seed)
    guard number % 500 == 250 else { return lead }
    switch number / 500 % 3 {
    case 0: (lead.email, lead.phone) = ("", "")
    case 1: (lead.email, lead.phone) = ("\(lead.firstName) at \(lead.city)", "")
    default: (lead.firstName, lead.lastName, lead.company) = ("", "", "")
    }
    return lead
  }

  /// The same person again, as recorded by another channel.
  private func repetition(_ number: Int) -> DemoLead {
    var lead = DemoLead(number: number - Self.distance, seed: seed)
    lead.id = "demo-\(number + 1)"
    lead.email = lead.email.uppercased()
    lead.source = "Website"
    lead.status = "New"
    lead.description = "Filled in the contact form."
    return lead
  }

  /// Adds a row, in quotes what a reader of CSV would take apart.
  static func append(_ values: [String], to bytes: inout [UInt8]) {
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let isPlain = value.utf8.allSatisfy { byte in
        byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
      }
      if isPlain {
        bytes += value.utf8
      } else {
        let quoted = value.split(separator: "\"", omittingEmptySubsequences: false)
        bytes += "\"\(quoted.joined(separator: "\"\""))\"".utf8
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
