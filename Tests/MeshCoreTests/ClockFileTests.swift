import FoundationEssentials
import Testing

@testable import MeshCore

@Suite struct `The clock that tests set` {
  private let path = "/tmp/leadmesh-clock-\(UUID())"

  @Test(arguments: [("86400", 86_400), ("-3600\n", -3_600), ("0", 0)])
  func `is off by the seconds that its file says`(text: String, seconds: Int) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(ClockFile.offset(in: path) == .seconds(seconds))
  }

  @Test func `is right while there is no file`() {
    #expect(ClockFile.offset(in: path) == .zero)
  }
}
