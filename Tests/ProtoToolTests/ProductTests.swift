import FoundationEssentials
import ProtoDescriptors
import ProtoToolKit
import Testing

@Suite struct `The protos of the product` {
  private let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Proto").path

  private func present() throws -> [FileDescriptor] {
    try readDescriptorSet(Protoc(root: folder).descriptorSet(sourceInfo: true))
  }

  @Test func `follow the rules of lint`() throws {
    #expect(try Linter(present()).findings() == [])
  }

  @Test func `keep what the last release promised`() throws {
    let baseline = URL(filePath: "\(folder)/Baseline/leadmesh.binpb")
    guard let release = try? Data(contentsOf: baseline) else { return }
    let before = try readDescriptorSet([UInt8](release))
    #expect(try BreakingChanges(from: before, to: present()).all() == [])
  }
}
