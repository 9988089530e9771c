import Synchronization
import Testing

@testable import MeshTables

@Suite struct `A container that is made to keep its reader busy` {
  private static let title = "<table><tr><td>Name<td>Email<tr><td>Ida<td>ida@berg.example</table>"

  /// A page with a row of 17,000 columns that reach over all that follow.
  private static func page(_ text: String, rows: Int) -> [UInt8] {
    let cells = String(repeating: "<td colspan=1000 rowspan=65534>\(text)", count: 17)
    let more = String(repeating: "<tr>", count: rows)
    return Array("<html><table><tr>\(cells)\(more)</table>\(title)".utf8)
  }

  @Test func `is refused if its cells are joined over too many others`() {
    var limits = ContainerLimits()
    limits.spreadCells = 200_000
    #expect(throws: ContainerFault.tooLarge("more than 200000 cells that are joined with others")) {
      try ReadTable(Self.page("x", rows: 100), limits: limits)
    }
  }

  @Test func `is not looked at where its joined cells are empty`() throws {
    var limits = ContainerLimits()
    limits.spreadCells = 20_000
    let table = try ReadTable(Self.page("", rows: 100), limits: limits)
    #expect(table.rows == [["Name", "Email"], ["Ida", "ida@berg.example"]])
  }

  @Test func `keeps columns below joined cells that are empty`() throws {
    let table = try ReadTable(
      "<table><tr><td rowspan=3><td>a<td rowspan=2 colspan=2>b<tr><td>c<tr><td>d<td>e<tr><td>f<td>g</table>"
    )
    #expect(table.rows == [["", "a", "b"], ["", "c", "b"], ["", "d", "e"], ["f", "g"]])
  }

  @Test func `is read by what stands before a quote, however many spaces there are`() throws {
    let spaces = String(repeating: " ", count: 5_000)
    let page = "<table><tr><td>a<td\(spaces)title=\"a>b\">x<td\(spaces)\">y</table>"
    #expect(try ReadTable(page).rows == [["a", "x", "y"]])
  }

  private struct Unwanted: Error {}

  /// Throws when it is asked for the second time.
  private final class Asked: Sendable {
    let times = Mutex(0)

    func ask() throws {
      let times = times.withLock { times in
        times += 1
        return times
      }
      if times > 1 { throw Unwanted() }
    }
  }

  private static let containers: [(name: String, bytes: [UInt8])] = {
    let rows = String(repeating: "<tr><td>x<td>y", count: 50)
    let book = WorkbookWriter(String(repeating: "<row><c><v>1</v></c></row>", count: 50))
    var zip = ZipWriter()
    zip.add("a.csv", String(repeating: "a,b\n", count: 100_000))
    return [
      ("page", Array("<table>\(rows)</table>".utf8)), ("workbook", book.bytes),
      ("archive", zip.finished()),
    ]
  }()

  @Test(arguments: ["page", "workbook", "archive"])
  func `is read no further when nobody wants it any more`(_ name: String) throws {
    let bytes = try #require(Self.containers.first { $0.name == name }).bytes
    let asked = Asked()
    var limits = ContainerLimits()
    limits.check = { try asked.ask() }
    #expect(throws: Unwanted.self) { try ReadTable(bytes, limits: limits) }
    #expect(asked.times.withLock { $0 } == 2)
  }
}
