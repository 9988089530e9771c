import MeshTables
import Testing

@Suite struct `An e-mail address in a cell` {
  @Test(arguments: [
    ("ida@berg.example", "ida@berg.example"), ("\u{200B}ida@berg.example", "ida@berg.example"),
    ("ole@lund.example\u{200B}", "ole@lund.example"),
    ("eva\u{A0}@holm.example", "eva@holm.example"),
    ("tom@ness.example\u{FEFF}", "tom@ness.example"),
    ("\u{202A}ida@berg.example\u{202C}", "ida@berg.example"),
    ("Ida Berg <ida@berg.example>", "ida@berg.example"),
    ("mailto:ole@lund.example", "ole@lund.example"),
    ("ann@oak.example.", "ann@oak.example"), ("<kim@elm.example>", "kim@elm.example"),
    ("MAILTO:ida@Berg.EXAMPLE?subject=Hi", "ida@berg.example"),
    ("'ida@berg.example'", "ida@berg.example"),
    ("\"Berg, Ida\" <ida@berg.example>", "ida@berg.example"),
    ("ida @ berg.example", "ida@berg.example"),
    ("ida＠berg.example", "ida@berg.example"), ("(ida@berg.example)", "ida@berg.example"),
    ("zoë@x.example", "zoë@x.example"), ("ida@be\u{AD}rg.example", "ida@berg.example"),
    ("ida@xn--mller-kva.example", "ida@müller.example"),
    ("ida@MÜLLER.example", "ida@müller.example"),
    ("Ida+Crm@BERG.Example", "Ida+Crm@berg.example"), ("o'brien@x.example", "o'brien@x.example"),
    ("Ida Berg (ida@berg.example)", "ida@berg.example"),
    ("ida@berg.example (work)", "ida@berg.example"),
    ("ida@berg.example <mailto:ida@berg.example>", "ida@berg.example"),
    ("E-Mail: ida@berg.example", "ida@berg.example"),
    ("\u{2068}ida@berg.example\u{2069}", "ida@berg.example"),
    ("\"ida@berg.example\"", "ida@berg.example"), ("ida@berg.example;", "ida@berg.example"),
    ("=\"ida@berg.example\"", "ida@berg.example"),
  ])
  func `is freed of what stands around it`(_ text: String, _ address: String) {
    #expect(EmailCell.read(text).value?.addresses == [address])
  }

  @Test(arguments: [
    "eva@holm.example; eva2@holm.example", "eva@holm.example, eva2@holm.example",
    "eva@holm.example ::: eva2@holm.example", "eva@holm.example\neva2@holm.example",
    "eva@holm.example / eva2@holm.example", "eva@holm.example/eva2@holm.example",
    "eva@holm.example or eva2@holm.example", "Eva <eva@holm.example> Holm <eva2@holm.example>",
    "eva@holm.example；eva2@holm.example", "eva@holm.example;n/a;eva2@holm.example",
    "eva@holm.example eva2@holm.example", "Eva <eva@holm.example>; Holm <eva2@holm.example>",
    "eva@holm.example|eva2@holm.example|EVA@holm.example|eva@HOLM.example".replacingFirstCapitals,
  ])
  func `may stand beside others`(_ text: String) {
    #expect(EmailCell.read(text).value?.addresses == ["eva@holm.example", "eva2@holm.example"])
  }

  @Test func `keeps the name and what else the cell has`() {
    let cell = EmailCell.read("Berg, Ida <ida@berg.example>; ask first").value
    #expect(cell?.name == "Berg, Ida")
    #expect(cell?.rest == ["ask first"])
    #expect(EmailCell.read("Ida Berg (ida@berg.example)").value?.name == "Ida Berg")
  }

  @Test(arguments: [
    "ann@oak.example\u{FFFD}", "ida", "ida@", "@berg.example", "ida@berg", "ida(at)berg.example",
    "ida@@berg.example", "ida@berg..example", ";;;", "<>", "a@b@c", "a at b.c", "ida@berg,example",
    "@ida", "ida@-berg.example", "http://ida@berg", "ida berg.example",
  ])
  func `is not made of a text that is none`(_ text: String) {
    #expect(EmailCell.read(text).fault != nil)
  }

  @Test(arguments: ["", "n/a", "-", "none", "NULL", " \u{200B}"])
  func `is empty for placeholders`(_ text: String) {
    #expect(EmailCell.read(text).isEmpty)
  }
}

extension String {
  /// Without the entry that another case would make a second address.
  fileprivate var replacingFirstCapitals: String {
    split(separator: "|").filter { !$0.hasPrefix("EVA") }.joined(separator: "|")
  }
}

@Suite struct `A web address in a cell` {
  @Test(arguments: [
    ("www.berg.example (old)", "www.berg.example"), ("berg.example; berg2.example", "berg.example"),
    ("http:/berg.example", "http://berg.example"),
    ("https://berg.example/a?b=c", "https://berg.example/a?b=c"),
    ("<https://berg.example>", "https://berg.example"), (" berg.example\u{200B}", "berg.example"),
    ("berg.example:8080/x", "berg.example:8080/x"),
    ("HTTPS://Berg.example", "HTTPS://Berg.example"),
    ("müller.example", "müller.example"), ("192.168.0.1", "192.168.0.1"),
    ("berg.example,berg2.example", "berg.example"), ("www.berg.example.", "www.berg.example"),
    ("https://a.example/x,y", "https://a.example/x,y"),
    ("berg.example, www.b2.example", "berg.example"),
    ("https://a.example/x,https://b.example", "https://a.example/x"),
  ])
  func `is read with others beside it`(_ text: String, _ address: String) {
    #expect(WebCell.read(text).value?.address == address)
  }

  @Test func `keeps others and notes for a remark`() {
    let cell = WebCell.read("berg.example; berg2.example (old)").value
    #expect(cell?.others == ["berg2.example"])
    #expect(cell?.rest == ["(old)"])
    #expect(WebCell.read("a.example,b.example").value?.others == ["b.example"])
  }

  @Test(arguments: [
    "localhost", "javascript:alert(1)", "Berg AS", "http://", "ftp://berg.example",
    "ida@berg.example",
    "1.5", "#N/A", "a..b", "berg'lund.example", "a,b", "berg.example\u{FFFD}",
  ])
  func `is not made of a text that is none`(_ text: String) {
    #expect(WebCell.read(text).fault != nil)
  }

  @Test(arguments: ["N/A", "-", "none", "NULL", "", "..."])
  func `is empty for placeholders`(_ text: String) {
    #expect(WebCell.read(text).isEmpty)
  }
}
