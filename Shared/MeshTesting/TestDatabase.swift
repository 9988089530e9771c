import Glibc
package import MeshStore
import Synchronization

/// The engine that stores are tested on: SQLite, or what `LEADMESH_TEST_DATABASE=postgres` starts.
package enum TestDatabase {
  package static let isPostgreSQL: Bool = {
    let name = getenv("LEADMESH_TEST_DATABASE").map { String(cString: $0) } ?? ""
    precondition(
      ["", "sqlite", "postgres"].contains(name),
      "LEADMESH_TEST_DATABASE must be sqlite or postgres"
    )
    return name == "postgres"
  }()

  /// Whether texts are kept in a file of SQLite, for tests of what is done to files.
  package static var isSQLite: Bool { !isPostgreSQL }

  private static let schemas = Mutex(0)

  /// A new, empty database for a service's store.
  ///
  /// - Parameters:
  ///   - service: whose store it is.
  ///   - folder: where a file goes.
  /// - Returns: how to open it.
  /// - Throws: when there is no server to be had.
  package static func make(_ service: String, in folder: String) throws -> StoreConfiguration {
    guard isPostgreSQL else {
      return StoreConfiguration(path: "\(folder)/\(service).db", service: service)
    }
    let number = schemas.withLock { number in
      number += 1
      return number
    }
    var server = PostgresServer(
      parameters: try TestServer.shared.get().url.parameters,
      schema: "\(service)_\(number)",
      owner: .init(role: "leadmesh_owner", password: "owner"),
      tenants: .init(role: "leadmesh_tenants", password: "tenants"),
      system: .init(role: "leadmesh_system", password: "system")
    )
    server.writers = 2
    server.readers = 2
    try preparation.withLock { _ in
      try PostgresPreparation.run(server, as: .init(role: "postgres"))
    }
    return StoreConfiguration(.server(server), service: service)
  }

  /// Two that make the same roles at once would get in each other's way.
  private static let preparation = Mutex(())
}

/// A PostgreSQL server of the tests' own, which ends with their process.
private struct TestServer {
  let url: PostgresURL

  static let shared = Result { try TestServer() }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Prints its URL, and ends with its standard input.
  private static let script =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Tests/postgres.sh"

  private init() throws {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&input) == 0, pipe(&output) == 0 else {
      throw Failure(description: "no pipes: \(String(cString: strerror(errno)))")
    }
    // Other processes that the tests start must not hold the server's.
    for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
    var process: pid_t = 0
    let words = ["setsid", Self.script]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let code = posix_spawn(&process, "/usr/bin/setsid", &actions, nil, &arguments, environ)
    close(input[0])
    close(output[1])
    guard code == 0 else { throw Failure(description: String(cString: strerror(code))) }
    var text: [UInt8] = []
    var byte: UInt8 = 0
    while read(output[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
    close(output[0])
    guard !text.isEmpty else {
      throw Failure(description: "PostgreSQL does not start; Deploy/setup.sh --test installs it")
    }
    // The other end of `input` stays open as long as this process lives.
    url = try PostgresURL(String(decoding: text, as: UTF8.self))
  }
}
