import FoundationEssentials
import ProtoDescriptors
import ProtoToolKit
import Testing

@Suite struct `The protos of the product` {
  private let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private var folder: String { root.appending(path: "Proto").path }

  private func present() throws -> [FileDescriptor] {
    try readDescriptorSet(Protoc(root: folder).descriptorSet(sourceInfo: true))
  }

  @Test func `follow the rules of lint`() throws {
    #expect(try Linter(present()).findings() == [])
  }

  @Test func `follow them with the template of a new service beside them`() throws {
    let template = root.appending(path: "Tests/Fixture/Proto").path
    let all = try readDescriptorSet(
      Protoc(roots: [folder, template]).descriptorSet(sourceInfo: true)
    )
    #expect(try all.count > present().count)
    #expect(Linter(all).findings() == [])
  }

  @Test func `keep what the last release promised`() throws {
    let baseline = URL(filePath: "\(folder)/Baseline/leadmesh.binpb")
    guard let release = try? Data(contentsOf: baseline) else { return }
    let before = try readDescriptorSet([UInt8](release))
    #expect(try BreakingChanges(from: before, to: present()).all() == [])
  }
}
