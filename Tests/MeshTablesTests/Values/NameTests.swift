import MeshTables
import Testing

@Suite struct `A name in one column` {
  @Test(arguments: [
    ("Ida Maria Berg", "Ida Maria", "Berg"), ("Lund, Ole", "Ole", "Lund"), ("Ida", "Ida", ""),
    ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
    ("Jan van der Berg", "Jan", "van der Berg"),
    ("van der Berg, Jan", "Jan", "van der Berg"),
    ("Beethoven, Ludwig van", "Ludwig", "van Beethoven"),
    ("Robert De Niro", "Robert", "De Niro"), ("Maria de la Cruz", "Maria", "de la Cruz"),
    ("José Ortega y Gasset", "José", "Ortega y Gasset"), ("Ana da Silva", "Ana", "da Silva"),
    ("Mohammed bin Salman", "Mohammed", "bin Salman"), ("Van Morrison", "Van", "Morrison"),
    ("Al Pacino", "Al", "Pacino"), ("BERG Ida", "Ida", "BERG"), ("Ida BERG", "Ida", "BERG"),
    ("IDA BERG", "IDA", "BERG"), ("AJ Smith", "AJ", "Smith"), ("De Niro", "", "De Niro"),
    ("Jean-Luc d'Arc", "Jean-Luc", "d'Arc"), ("🚀 Ida Berg", "Ida", "Berg"),
    ("Nguyễn Văn An", "Văn An", "Nguyễn"), ("Jeanne LE PEN", "Jeanne", "LE PEN"),
    ("  Ida\u{A0} Berg ", "Ida", "Berg"), ("O'Brien, Pat", "Pat", "O'Brien"),
    ("Иван Петров", "Иван", "Петров"), ("J. R. R. Tolkien", "J. R. R.", "Tolkien"),
    ("Jack Ma", "Jack", "Ma"), ("Kim Do", "Kim", "Do"), ("Vincent Van Gogh", "Vincent", "Van Gogh"),
    ("Jose\u{301} Núñez", "José", "Núñez"), ("van der Berg", "", "van der Berg"),
    ("Don Draper", "Don", "Draper"),
    ("Charlotte Church", "Charlotte", "Church"), ("Ma, Do", "Do", "Ma"),
  ])
  func `is split where its script says`(_ text: String, _ first: String, _ last: String) {
    let name = PersonName.read(text).value
    #expect(name?.first == first)
    #expect(name?.last == last)
    #expect(name?.company == "")
  }

  @Test(arguments: [
    ("Dr. Ida Berg", "Dr.", "Ida", "Berg", ""),
    ("Prof. Dr. med. Ida Berg", "Prof. Dr. med.", "Ida", "Berg", ""),
    ("Ole Lund Jr.", "", "Ole", "Lund", "Jr."),
    ("Ole Lund, PhD, MBA", "", "Ole", "Lund", "PhD MBA"),
    ("Lund, Ole, Jr.", "", "Ole", "Lund", "Jr."), ("Herr Müller", "Herr", "", "Müller", ""),
    ("Mr Ole Lund III", "Mr", "Ole", "Lund", "III"), ("Berg, Dr. Ida", "Dr.", "Ida", "Berg", ""),
    ("Mme Ida Berg", "Mme", "Ida", "Berg", ""), ("Sra. Ana Ruiz", "Sra.", "Ana", "Ruiz", ""),
    ("Dipl.-Ing. Ida Berg", "Dipl.-Ing.", "Ida", "Berg", ""),
    ("Smith Jr., Bob", "", "Bob", "Smith", "Jr."),
    ("Dr. Berg", "Dr.", "", "Berg", ""), ("Berg, Prof. Dr.", "Prof. Dr.", "", "Berg", ""),
    ("Ida Berg, PMP®", "", "Ida", "Berg", "PMP®"),
  ])
  func `keeps titles and suffixes apart`(
    _ text: String,
    _ title: String,
    _ first: String,
    _ last: String,
    _ suffix: String
  ) {
    let name = PersonName.read(text).value
    #expect(name?.title == title)
    #expect(name?.first == first)
    #expect(name?.last == last)
    #expect(name?.suffix == suffix)
  }

  @Test(arguments: [
    ("田中太郎", "太郎", "田中"), ("田中 太郎", "太郎", "田中"), ("王伟", "伟", "王"), ("欧阳娜娜", "娜娜", "欧阳"),
    ("李小龙", "小龙", "李"), ("高橋さくら", "さくら", "高橋"), ("マイケル・ジャクソン", "マイケル", "ジャクソン"),
    ("김철수", "철수", "김"), ("남궁민수", "민수", "남궁"), ("김 철수", "철수", "김"), ("さくら", "さくら", ""),
    ("田中\u{3000}誠", "誠", "田中"), ("佐藤誠", "誠", "佐藤"),
  ])
  func `has the family name first in China, Japan and Korea`(
    _ text: String,
    _ first: String,
    _ last: String
  ) {
    let name = PersonName.read(text).value
    #expect(name?.first == first)
    #expect(name?.last == last)
  }

  @Test(arguments: [
    "Berg AS", "Lund, Sons & Co", "Berg, Inc.", "Müller GmbH", "Acme Ltd", "Kowalski sp. z o.o.",
    "Müller & Söhne", "Berg Holding", "Société Berg SAS", "Hotel Berg",
  ])
  func `may be a company's`(_ text: String) {
    #expect(PersonName.read(text).value?.company == text)
  }

  @Test func `keeps what stands in quotes, parentheses or behind a bar`() {
    let name = PersonName.read("Robert \"Bob\" Smith (Acme) | CEO").value
    #expect(name?.first == "Robert")
    #expect(name?.last == "Smith")
    #expect(name?.note == "Bob, Acme, CEO")
  }

  @Test(arguments: ["", "N/A", "-", "(unknown)"])
  func `is empty for what cannot be one`(_ text: String) {
    #expect(PersonName.read(text).isEmpty)
  }

  @Test(arguments: ["12345", "ida@berg.example", "???1"])
  func `is not made of numbers and addresses`(_ text: String) {
    #expect(PersonName.read(text).fault != nil)
  }
}
