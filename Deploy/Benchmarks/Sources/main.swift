import Glibc

// What Deploy/Benchmarks/README.md measures, a command each.

let usage = """
  usage: leadmesh-bench echo-server --port N
         leadmesh-bench store [FOLDER]     durable lead creation, in groups and one by one
         leadmesh-bench search [FOLDER]    pages of 50 out of 100,000 leads
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
  default:
    print(usage)
    exit(2)
  }
} catch {
  print("failed: \(error)")
  exit(1)
}
