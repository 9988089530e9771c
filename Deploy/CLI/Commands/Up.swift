import MeshLoop

extension Command {
  /// Runs a mesh in the foreground.
  static let up = Command(
    name: "up",
    arguments: "[--data DIR] [--listen HOST:PORT]",
    summary: "Runs every service on this machine until it is asked to stop.",
    options: MeshRun.options,
    hasJSON: false
  ) { arguments throws(CommandError) in
    let run = try MeshRun(&arguments)
    try await run.run { address throws(CommandError) in
      try Terminal.print("ready http://\(address)")
    }
  }

  /// Runs a mesh with demo tenants in the foreground.
  static let demo = Command(
    name: "demo",
    arguments: "[--data DIR] [--listen HOST:PORT]",
    summary: "Runs the mesh as up does, with two demo tenants, their leads and deals.",
    options: MeshRun.options,
    hasJSON: false
  ) { arguments throws(CommandError) in
    let run = try MeshRun(&arguments)
    try await run.run { address throws(CommandError) in
      let mesh = Mesh(run.folder)
      for tenant in DemoTenant.all { try await DemoSeed(mesh: mesh, demo: tenant).plant() }
      let logins = DemoTenant.loginTable { run.folder.address(of: $0) ?? "http://\(address)" }
      try Terminal.print("ready http://\(address)\n\n\(logins)")
    }
  }
}
