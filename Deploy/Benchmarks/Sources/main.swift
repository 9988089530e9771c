import Glibc

// What Deploy/Benchmarks/README.md measures, a command each.

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first, arguments.last.flatMap(UInt16.init)) {
case ("echo-server", "--port", let port?):
  try await EchoServer.run(port: port)
default:
  print("usage: leadmesh-bench echo-server --port N")
  exit(2)
}
