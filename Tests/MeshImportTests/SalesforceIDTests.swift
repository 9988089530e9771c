import Testing

@testable import MeshImport

@Suite struct `An id of Salesforce` {
  @Test(arguments: [
    ("001A0000006Vm9r", "001A0000006Vm9rIAC"), ("00Q5g00000ABCDE", "00Q5g00000ABCDEEA5"),
    ("abcdefghijklmno", "abcdefghijklmnoAAA"), ("ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNO555"),
  ])
  func `has a short form and one with a suffix, which are one id`(short: String, long: String) {
    #expect(SalesforceID.forms(of: short) == [long, short])
    #expect(SalesforceID.forms(of: long) == [long, short])
    let key = RowKey(externalID: long, in: "account\u{0}")
    #expect(RowKey.keys(of: short, from: "salesforce", in: "account\u{0}").first == key)
  }

  @Test(arguments: [
    "", "7", "001A0000006Vm9rIAD", "001a0000006vm9riac", "001A0000006Vm-r", "é01A0000006Vm9",
  ])
  func `is told from what is none, which has one form`(text: String) {
    #expect(SalesforceID.forms(of: text) == [text])
  }

  @Test func `is of Salesforce alone`() {
    let id = "001A0000006Vm9r"
    #expect(RowKey.keys(of: id, from: "zoho") == [RowKey(externalID: id)])
  }
}
