import Testing

@testable import leadmesh

@Suite struct `A command line` {
  @Test func `gives words and options in any order`() throws {
    var arguments = try Arguments(["a.csv", "--tenant", "acme", "--json", "--name=A=B", "b"])
    let isJSON = arguments.takeFlag("json")
    #expect(isJSON)
    #expect(try arguments.need("tenant") == "acme")
    #expect(try arguments.take("name") == "A=B")
    #expect(try arguments.word("FILE") == "a.csv")
    #expect(arguments.words == ["b"])
  }

  @Test func `takes what follows -- as words`() throws {
    let arguments = try Arguments(["--tenant", "acme", "--", "--odd.csv"])
    #expect(arguments.words == ["--odd.csv"])
  }

  @Test func `keeps every value of an option that is repeated`() throws {
    var arguments = try Arguments(["--map", "A=email", "--map", "B=phone"])
    let (first, second) = (arguments.takeAll("map"), arguments.takeAll("map"))
    #expect(first == ["A=email", "B=phone"] && second.isEmpty)
  }

  @Test func `is refused when an option that is single is repeated`() throws {
    var arguments = try Arguments(["--tenant", "a", "--tenant", "b"])
    #expect(throws: CommandError.usage("--tenant is given 2 times")) {
      _ = try arguments.take("tenant")
    }
  }

  @Test func `is refused when an option lacks its value or a flag has one`() {
    #expect(throws: CommandError.usage("--tenant needs a value")) {
      _ = try Arguments(["--tenant"])
    }
    #expect(throws: CommandError.usage("--json takes no value")) { _ = try Arguments(["--json=1"]) }
  }

  @Test func `is refused when something is left over`() throws {
    let option = try Arguments(["--tenent", "acme"])
    #expect(throws: CommandError.usage("--tenent is not an option of this command")) {
      try option.finish()
    }
    let word = try Arguments(["again"])
    #expect(throws: CommandError.usage("“again” is one word too many")) { try word.finish() }
  }

  @Test func `is refused when an option that is needed is missing or empty`() throws {
    var arguments = try Arguments(["--name="])
    #expect(throws: CommandError.usage("--name is needed")) { _ = try arguments.need("name") }
    #expect(throws: CommandError.usage("FILE is needed")) { _ = try arguments.word("FILE") }
  }

  @Test(arguments: ["x", "-1", "11", "1.5", ""])
  func `is refused when a number is none or out of range`(text: String) throws {
    var arguments = try Arguments(["--rows=\(text)"])
    #expect(throws: CommandError.usage("--rows: “\(text)” is not a whole number from 0 to 10")) {
      _ = try arguments.number("rows", in: 0...10)
    }
  }

  @Test func `reads true and false and nothing else`() throws {
    var arguments = try Arguments(["--a", "true", "--b", "false", "--c", "yes"])
    #expect(try arguments.truth("a") == true)
    #expect(try arguments.truth("b") == false)
    #expect(try arguments.truth("none") == nil)
    #expect(throws: CommandError.usage("--c: “yes” is neither true nor false")) {
      _ = try arguments.truth("c")
    }
  }
}

@Suite struct `A command` {
  @Test(arguments: Command.all.map(\.name))
  func `is found by its name`(name: String) throws {
    let words = name.split(separator: " ").map(String.init)
    let (command, rest) = try Command.find(in: words + ["--data", "x"])
    #expect(command.name == name)
    #expect(rest == ["--data", "x"])
  }

  @Test func `is refused by an unknown name, naming those that are near`() {
    #expect(throws: CommandError.usage("“frob” is no command; see leadmesh --help")) {
      _ = try Command.find(in: ["frob"])
    }
    #expect(
      throws: CommandError.usage(
        "one of these is meant: import leads, import accounts, import contacts, import deals, "
          + "import tasks, import refused, import incomplete, import undo"
      )
    ) {
      _ = try Command.find(in: ["import", "books"])
    }
  }

  @Test(arguments: Command.all.map(\.name))
  func `has help that fits a terminal and names its options`(name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    let help = command.help
    #expect(help.hasPrefix("leadmesh \(name)"))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 120 })
    for (option, meaning) in command.options {
      #expect(help.contains(option) && help.contains(meaning))
    }
    #expect(help.contains("--data DIR") == command.usesFolder)
    #expect(Command.overview.contains(command.summary))
  }
}
