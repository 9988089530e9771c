import Testing

@testable import MeshTables

@Suite struct `A file of contacts` {
  /// The rows as one dictionary each, without what is empty.
  private func contacts(_ text: String) throws -> [[String: String]] {
    let rows = try ReadTable(text).rows
    return rows.dropFirst().map { row in
      Dictionary(zip(rows[0], row).filter { !$0.1.isEmpty }, uniquingKeysWith: { "\($0)+\($1)" })
    }
  }

  private func card(_ lines: String, version: String = "3.0", end: String = "\r\n") -> String {
    let all = "BEGIN:VCARD\nVERSION:\(version)\n\(lines)\nEND:VCARD\n"
    return all.replacing("\n", with: end)
  }

  @Test(arguments: ["\r\n", "\n", "\r"])
  func `becomes a table with the headings of Google Contacts`(_ end: String) throws {
    let found = try contacts(
      card(
        """
        N:Berg;Ida;Maria;Dr.;MBA
        FN:Dr. Ida Maria Berg\\, MBA
        ORG:Berg AS;Sales;North
        TITLE:Chief\\, Buyer
        EMAIL;TYPE=INTERNET,HOME:home@berg.example
        EMAIL;TYPE=INTERNET;TYPE=WORK,pref:ida@berg.example
        TEL;TYPE=WORK,FAX:+1 212 555 0199
        TEL;TYPE=CELL:+1 212 555 0101
        TEL;TYPE=HOME,VOICE:+1 212 555 0102
        ADR;TYPE=WORK:;;1 Main St\\nFloor 2;Troy;NY;12180;US
        URL:https://berg.example
        BDAY:19800412
        NOTE:met at
          the fair\\; twice\\nthen
        X-UNKNOWN:1
        UID:urn:uuid:1
        """,
        end: end
      )
    )
    let expected = [
      "First Name": "Ida", "Last Name": "Berg", "Middle Name": "Maria", "Name Prefix": "Dr.",
      "Name Suffix": "MBA", "Organization Name": "Berg AS", "Organization Title": "Chief, Buyer",
      "Organization Department": "Sales, North", "E-mail 1 - Label": "Work",
      "E-mail 1 - Value": "ida@berg.example", "E-mail 2 - Label": "Home",
      "E-mail 2 - Value": "home@berg.example", "Phone 1 - Label": "Mobile",
      "Phone 1 - Value": "+1 212 555 0101", "Phone 2 - Label": "Home",
      "Phone 2 - Value": "+1 212 555 0102", "Phone 3 - Label": "Work Fax",
      "Phone 3 - Value": "+1 212 555 0199", "Address 1 - Label": "Work",
      "Address 1 - Street": "1 Main St\nFloor 2", "Address 1 - City": "Troy",
      "Address 1 - Region": "NY", "Address 1 - Postal Code": "12180", "Address 1 - Country": "US",
      "Website 1 - Value": "https://berg.example", "Birthday": "1980-04-12",
      "Notes": "met at the fair; twice\nthen", "UID": "urn:uuid:1",
    ]
    #expect(found == [expected])
  }

  @Test func `of version 2.1 is read with its bare types, its encodings and its soft line ends`()
    throws
  {
    let found = try contacts(
      card(
        """
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=
        ler;J=C3=BCrgen
        ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:M=FCller;
        TEL;WORK;VOICE:030 1
        TEL;CELL;PREF:0170 1
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
         EMAIL:no@x.example
        NOTE:folded
         here
        """,
        version: "2.1"
      )
    )
    let expected = [
      "First Name": "Jürgen", "Last Name": "Müller", "Organization Name": "Müller",
      "Phone 1 - Label": "Mobile", "Phone 1 - Value": "0170 1", "Phone 2 - Label": "Work",
      "Phone 2 - Value": "030 1", "Notes": "folded here",
    ]
    #expect(found == [expected])
  }

  @Test
  func `of version 4.0 is read with its addresses that are links, and without a name in parts`()
    throws
  {
    let found = try contacts(
      card(
        """
        FN:Ole Lund
        TEL;VALUE=uri;TYPE="voice,cell";PREF=1:tel:+47-22-12-34-56;ext=5
        item1.EMAIL:MAILTO:ole@lund.example
        item1.X-ABLabel:_$!<Assistant>!$_
        item2.URL:https://lund.example/a;b
        item2.X-ABLabel:Blog
        ADR;LABEL="1 Main St\\nTroy":;;;;;;
        """,
        version: "4.0"
      )
    )
    let expected = [
      "Name": "Ole Lund", "Phone 1 - Label": "Mobile", "Phone 1 - Value": "+47-22-12-34-56;ext=5",
      "E-mail 1 - Label": "Assistant", "E-mail 1 - Value": "ole@lund.example",
      "Website 1 - Label": "Blog", "Website 1 - Value": "https://lund.example/a;b",
      "Address 1 - Formatted": "1 Main St\nTroy",
    ]
    #expect(found == [expected])
  }

  @Test func `of a company has its name once`() throws {
    #expect(
      try contacts(card("FN:Berg AS\nN:;;;;\nORG:Berg AS\nTEL:1")) == [
        ["Organization Name": "Berg AS", "Phone 1 - Value": "1"]
      ]
    )
  }

  @Test func `keeps each contact apart, where an end is missing or an agent has a card of its own`()
    throws
  {
    let text = """
      BEGIN:VCARD\nVERSION:2.1\nN:A\nAGENT:\nBEGIN:VCARD\nN:Agent\nEND:VCARD\nTEL:1\nEND:VCARD
      BEGIN:VCARD\nVERSION:3.0\nN:B\nBEGIN:VCARD\nN:C\n
      """
    #expect(
      try contacts(text) == [
        ["Last Name": "A", "Phone 1 - Value": "1"], ["Last Name": "B"], ["Last Name": "C"],
      ]
    )
    #expect(throws: ContainerFault.empty(.vCard)) { try ReadTable("BEGIN:VCARD\nEND:VCARD\n") }
  }

  @Test func `keeps what there are too many of in the last column`() throws {
    let numbers = (1...25).map { "TEL:\($0)" }.joined(separator: "\n")
    let found = try contacts(card("FN:Ida\n" + numbers))
    #expect(found[0]["Phone 19 - Value"] == "19")
    #expect(found[0]["Phone 20 - Value"] == "20 ::: 21 ::: 22 ::: 23 ::: 24 ::: 25")
  }

  @Test func `is read in UTF-16, and in the encoding of Western Europe where it says nothing`()
    throws
  {
    let text = "\u{FEFF}" + card("FN:Zoë 😀")
    let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try ReadTable(bytes).rows == [["Name"], ["Zoë 😀"]])
    let western = Array(card("FN:Zo").utf8.dropLast(13)) + [0xEB] + Array("\nEND:VCARD".utf8)
    #expect(try ReadTable(western).rows == [["Name"], ["Zoë"]])
  }

  @Test func `drops pictures of any size, and says of a line that it was cut`() throws {
    let long = String(repeating: "x", count: 100_000)
    let photo = try ReadTable(card("FN:Ida\nPHOTO;ENCODING=b:\(long)\nTEL:1"))
    #expect(photo.remarks == [])
    #expect(photo.rows.last == ["Ida", "", "1"])
    let note = try ReadTable(card("FN:Ida\nNOTE:\(long)"))
    #expect(note.remarks == ["lines longer than 64 KiB were cut: 1"])
    #expect(note.rows.last?.last?.utf8.count == 65_536 - 5)
  }

  @Test func `is no list of contacts, and says which properties were not read`() throws {
    let table = try ReadTable(
      card("FN:Ida\nEMAIL:ida@berg.example\nIMPP:xmpp:ida@chat.example\nREV:2024\nX-SKYPE:idab")
        + card("FN:Friends\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
        + card("KIND:group\nFN:All\nMEMBER:urn:uuid:1", version: "4.0")
    )
    #expect(table.rows.count == 2)
    #expect(table.remarks == ["properties that were not read: IMPP, X-SKYPE"])
  }

  @Test func `is a file of contacts whatever it is called, with two addresses of each kind`() throws
  {
    let found = try contacts(
      card(
        """
        FN:Ida Berg
        EMAIL:ida@berg.example
        EMAIL:ida@home.example
        ADR;TYPE=HOME:;;2 Side St;Troy;NY;12181;US
        ADR;TYPE=WORK,PREF:;;1 Main St;Troy;NY;12180;US
        """
      )
    )
    #expect(found[0]["E-mail 2 - Value"] == "ida@home.example")
    #expect(found[0]["Address 1 - Street"] == "1 Main St")
    #expect(found[0]["Address 2 - Street"] == "2 Side St")
  }

  @Test func `of version 2.1 has soft line ends in an address, and one at the end of the file`()
    throws
  {
    let found = try contacts(
      card(
        """
        N;ENCODING=QUOTED-PRINTABLE;CHARSET=WINDOWS-1251:=C8=E2=E0=ED=
        =EE=E2;=CE=EB=FC=E3=E0
        ADR;WORK;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Stra=C3=9Fe 1=0D=0A2. =
        Stock;K=C3=B6ln;;50667;
        """,
        version: "2.1"
      ).replacing("END:VCARD", with: "NOTE;QUOTED-PRINTABLE:ends here=")
    )
    #expect(found[0]["Last Name"] == "Иванов")
    #expect(found[0]["First Name"] == "Ольга")
    #expect(found[0]["Address 1 - Street"] == "Straße 1\r\n2. Stock")
    #expect(found[0]["Address 1 - City"] == "Köln")
    #expect(found[0]["Notes"]?.hasPrefix("ends here") == true)
  }
}
