import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC

/// People of a demo tenant who are signed in: what they do is done in their names, and by what their roles allow.
@LoopActor
struct DemoCrew {
  /// How long a service may take to hear of new members and teams and of a new tenant's categories.
  private static let patience = Duration.seconds(60)

  private let mesh: Mesh
  /// Access tokens by the people's names.
  private let tokens: [String: String]

  /// Signs in those who may write.
  ///
  /// - Parameters:
  ///   - demo: whose people they are.
  ///   - tenant: its id.
  ///   - mesh: where it is.
  /// - Throws: `.failed`, including when a password is not the demo's.
  init(of demo: DemoTenant, in tenant: TenantID, _ mesh: Mesh) async throws(CommandError) {
    self.mesh = mesh
    let options = CallOptions(authorization: .system("demo", tenant: tenant))
    let people = demo.people.filter { $0.role != "read_only" }
    let pairs = try await inLanes(people, atOnce: 2) { person async throws(CommandError) in
      let request = LoginRequest(email: demo.email(of: person), password: DemoTenant.password)
      let response = try await mesh.ask { () async throws(MeshError) in
        try await mesh.access.login(request, options)
      }
      return (person.name, response.accessToken)
    }
    tokens = Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  /// Makes a call as one of the people, and retries it until the service knows the members and teams that it names.
  ///
  /// - Parameters:
  ///   - name: of one of the people.
  ///   - call: has no side effects, or carries an idempotency key.
  /// - Returns: the service's response.
  /// - Throws: `.failed` with the service's error.
  func ask<Response>(
    as name: String,
    _ call: (CallOptions) async throws(MeshError) -> Response
  ) async throws(CommandError) -> Response {
    let options = CallOptions(authorization: .bearer(tokens[name] ?? ""))
    let end = Deadline.now.advanced(by: Self.patience)
    while true {
      let response = try await mesh.ask { () async throws(MeshError) -> Response? in
        do throws(MeshError) {
          return try await call(options)
        } catch {
          guard error.mayPassWithNews, !end.hasPassed else { throw error }
          return nil
        }
      }
      if let response { return response }
      try await pause(.milliseconds(50))
    }
  }

  /// Ends their sessions.
  func signOut() async throws(CommandError) {
    for name in tokens.keys {
      _ = try await ask(as: name) { (options) async throws(MeshError) in
        try await mesh.access.logout(LogoutRequest(), options)
      }
    }
  }
}

extension MeshError {
  private static let named = [
    "owner_id", "member_id", "member_ids", "assignee_ids", "watcher_ids", "attendee_ids",
    "category", "team_id",
  ]

  /// Whether a service refuses what it may not have heard of yet: a member, a team, or a category.
  fileprivate var mayPassWithNews: Bool {
    if code == .unauthenticated { return true }
    return code == .invalidArgument && !violations.isEmpty
      && violations.allSatisfy { violation in
        Self.named.contains(String(violation.field.prefix { $0 != "[" }))
      }
  }
}
