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
    ("von der Leyen, Ursula", "Ursula", "von der Leyen"), ("von der Leyen", "", "von der Leyen"),
    ("Ursula von der Leyen", "Ursula", "von der Leyen"), ("SMITH, BOB", "BOB", "SMITH"),
    ("María García López", "María", "García López"),
    ("García López, María", "María", "García López"),
    ("José Luis Rodríguez Zapatero", "José Luis", "Rodríguez Zapatero"),
    ("Juan Carlos Pérez", "Juan Carlos", "Pérez"),
    ("Иван Иванович Петров", "Иван Иванович", "Петров"),
    ("Петров Иван Иванович", "Иван Иванович", "Петров"),
    ("Роман Аркадьевич Абрамович", "Роман Аркадьевич", "Абрамович"),
    ("Шевченко Олена Петрівна", "Олена Петрівна", "Шевченко"), ("محمد علي", "محمد", "علي"),
    ("علي، محمد", "محمد", "علي"), ("Mary-Jane O\u{2019}Neil", "Mary-Jane", "O\u{2019}Neil"),
    ("Jennifer Null", "Jennifer", "Null"), ("Ida null", "Ida", ""), ("undefined Berg", "Berg", ""),
    ("IDA NULL", "IDA", "NULL"), ("B.V. Rao", "B.V.", "Rao"),
    ("Ida & Ole Berg", "Ida & Ole", "Berg"),
    ("Smith,John", "John", "Smith"), ("Berg,", "Berg", ""),
    ("Gabriel García Márquez", "Gabriel", "García Márquez"),
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
    ("Ida Berg, PMP®", "", "Ida", "Berg", "PMP®"), ("Mr. None", "Mr.", "", "None", ""),
    ("Ida Berg, MD", "", "Ida", "Berg", "MD"), ("Ida Berg MD", "", "Ida", "Berg", "MD"),
    ("Familie Müller", "Familie", "", "Müller", ""), ("Frau Dr. Berg", "Frau Dr.", "", "Berg", ""),
    ("Dr. Ursula von der Leyen", "Dr.", "Ursula", "von der Leyen", ""),
    ("Hr. Ole Lund", "Hr.", "Ole", "Lund", ""), ("Smith, Bob, Jr.", "", "Bob", "Smith", "Jr."),
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
    ("田中\u{3000}誠", "誠", "田中"), ("佐藤誠", "誠", "佐藤"), ("王，伟", "伟", "王"), ("諸葛亮", "亮", "諸葛"),
    ("박지성", "지성", "박"), ("山田様", "", "山田"),
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
    "Müller & Söhne", "Berg Holding", "Société Berg SAS", "Hotel Berg", "株式会社田中", "北京小米有限公司",
    "주식회사 한국", "ООО Ромашка", "Berg d.o.o.", "Müller GmbH & Co. KG - Berlin", "Berg (Norway) Ltd.",
    "N/A GmbH",
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

  @Test func `may stand beside a company's`() {
    let name = PersonName.read("Ida Berg | Müller GmbH").value
    #expect([name?.first, name?.last, name?.note] == ["Ida", "Berg", "Müller GmbH"])
    #expect(name?.company.isEmpty == true)
  }

  @Test(arguments: [
    ("Jan van Dijk", "Piet van Berg", false), ("Ida Berg", "Ida Lund", true), ("王 伟", "王 芳", true),
    ("Dr. Ida Berg", "Dr. Ole Lund", false), ("IDA BERG", "Ida Bérg-Lund", true),
    ("van", "van", true),
    ("J. Smith", "J. Jones", false),
  ])
  func `is told from others by its own words`(_ one: String, _ other: String, _ isAlike: Bool) {
    let (one, other) = (TellingWords.ofPerson(one), TellingWords.ofPerson(other))
    #expect(one.isDisjoint(with: other) != isAlike)
  }

  @Test(arguments: [
    ("Berg GmbH", "Lund GmbH", false), ("Berg GmbH", "Berg AG", true), ("Deal 1", "Deal 2", false),
    ("Acme renewal", "Acme renewal 2026", true), ("Nordic Berg", "Nordic Lund", false),
    ("The Berg Company", "Berg", true), ("Holding", "Holding", true), ("Group A", "Group B", false),
  ])
  func `of a thing is told from others by most of its words`(
    _ one: String,
    _ other: String,
    _ isAlike: Bool
  ) {
    let (one, other) = (TellingWords.ofThing(one), TellingWords.ofThing(other))
    #expect(TellingWords.agree(one, other) == isAlike)
  }

  @Test(arguments: [
    "", "N/A", "-", "(unknown)", "NULL", "Null Null", "n/a n/a", "undefined undefined", "none",
    "Unknown",
  ])
  func `is empty for what cannot be one`(_ text: String) {
    #expect(PersonName.read(text).isEmpty)
  }

  @Test(arguments: ["12345", "ida@berg.example", "???1"])
  func `is not made of numbers and addresses`(_ text: String) {
    #expect(PersonName.read(text).fault != nil)
  }
}
