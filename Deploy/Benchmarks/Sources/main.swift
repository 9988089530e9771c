import Glibc

// What Deploy/Benchmarks/README.md measures, a command each.

let usage = """
  usage: leadmesh-bench echo-server --port N
         leadmesh-bench store [FOLDER]     durable lead creation, in groups and one by one
         leadmesh-bench search [FOLDER]    pages of 50 out of 100,000 leads
         leadmesh-bench create SOCKET CLIENTS SECONDS < TOKENS
                                           leads created by gRPC, by members with access tokens, a line each
         leadmesh-bench occurrences < RULES
                                           what rules of recurrence give, for tests; a line each:
                                           how many at most, start, zone, rule
  """
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "echo-server":
    guard arguments.count == 3, arguments[1] == "--port", let port = UInt16(arguments[2]) else {
      print(usage)
      exit(2)
    }
    try await EchoServer.run(port: port)
  case "store": try await StoreBenchmark.run(in: arguments.dropFirst().first ?? ".")
  case "search": try await SearchBenchmark.run(in: arguments.dropFirst().first ?? ".")
  case "create":
    guard arguments.count == 4, let clients = Int(arguments[2]), (1...10_000).contains(clients),
      let seconds = Int(arguments[3]), (1...3_600).contains(seconds)
    else {
      print(usage)
      exit(2)
    }
    var tokens: [String] = []
    while let token = readLine() { tokens.append(token) }
    guard !tokens.isEmpty else {
      print(usage)
      exit(2)
    }
    try await CreateLoad.run(
      at: arguments[1],
      tokens: tokens,
      clients: clients,
      for: .seconds(seconds)
    )
  case "occurrences": OccurrenceWitness.run()
  default:
    print(usage)
    exit(2)
  }
} catch {
  print("failed: \(error)")
  exit(1)
}
