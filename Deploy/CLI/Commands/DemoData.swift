import MeshLoop

extension Command {
  static let demoData = Command(
    name: "demo-data",
    arguments: "[--rows N] [--seed S]",
    summary: "Writes a CSV file of plausible leads to standard output.",
    options: [
      "--rows N": "How many rows after the header. Default: 5000",
      "--seed S": "The same seed gives the same leads. Default: 1",
    ],
    usesFolder: false,
    hasJSON: false
  ) { arguments throws(CommandError) in
    let rows = try arguments.number("rows", in: 0...1_000_000_000) ?? 5_000
    let seed = try arguments.number("seed", in: 0...Int.max) ?? 1
    try arguments.finish()
    var file = DemoFile(rows: rows, seed: UInt64(seed))
    while true {
      let chunk = file.read(1 << 16)
      if chunk.isEmpty { return }
      try Terminal.print(bytes: chunk)
    }
  }
}
