"""Tables as any program writes them come back equal, and any bytes end in a report."""

import csv
import io

import pytest

import scale
from conftest import OWNER
from imports import Client, counts, state
from mesh import PASSWORD

TABLES = scale.count(12, long=300)
FILES = scale.count(40, long=1_000)

# Words as people write them, in encodings that have them.
WORDS = {
    "utf-8": ["Müller & Söhne", "Łódź", "Øre", "東京", "Ёлка", "naïve “quote”", "🙂", "O'Hara"],
    "utf-8-sig": ["Müller", "日本", "Ελλάδα", "Żółw", "Plain"],
    "utf-16": ["Müller", "Łódź", "東京", "Сергей", "Plain"],
    "windows-1252": ["Jürgen Müller", "Café Noir", "Zoë Brontë", "Señor Núñez", "Groß & Söhne", "Französische Straße"],
    "windows-1250": ["Łukasz Żółty", "Kraków Główny", "Zażółć gęślą", "Dvořák Jiří", "Příliš žluťoučký"],
    "windows-1251": ["Сергей Иванов", "Общество с ограниченной ответственностью", "Санкт-Петербург", "Анна Ковалёва"],
    "mac-roman": ["Jürgen Müller", "Café Noir", "Élodie Lefèvre", "Groß & Söhne", "Señor Núñez"],
    "shift_jis": ["株式会社東京商事", "山田太郎", "ソフトウェア開発", "大阪府大阪市", "佐藤花子さん"],
    "gb18030": ["北京科技有限公司", "王小明", "上海市浦东新区", "数据分析师", "李先生"],
}
ASCII = ["Berg AS", "Smith, Jones; Sons | Co", "said \"yes\"", "tab\there", "a 'quote' in it", "x=y", "50% off",
         "C:\\Temp"]
YES_AND_NO = [("yes", "no"), ("TRUE", "FALSE"), ("1", "0"), ("ja", "nein"), ("oui", "non"), ("x", ""),
              ("sí", "no")]
# How an amount in cents is written.
AMOUNTS = {
    "plain": lambda cents: f"{cents // 100}.{cents % 100:02}",
    "us": lambda cents: f"{cents // 100:,}.{cents % 100:02}",
    "dollar": lambda cents: f"${cents // 100:,}.{cents % 100:02}",
    "code": lambda cents: f"USD {cents // 100:,}.{cents % 100:02}",
    "german": lambda cents: f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02}",
    "french": lambda cents: f"{cents // 100:,}".replace(",", " ") + f",{cents % 100:02}",
    "swiss": lambda cents: f"{cents // 100:,}".replace(",", "'") + f".{cents % 100:02}",
}
HEADINGS = ["First Name", "Last Name", "Email", "Company", "City", "Annual Revenue", "Do Not Call", "Employees",
            "Description"]


@pytest.fixture(scope="module")
def owner(mesh):
    return Client(mesh, "stack", mesh.login("stack", OWNER, PASSWORD))


class Table:
    """A table of leads, and one way to write it."""

    def __init__(self, chance, number):
        self.encoding = chance.choice(list(WORDS))
        self.delimiter = chance.choice(",;\t|")
        self.newline = chance.choice(["\n", "\r\n"])
        self.quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
        self.amount = chance.choice(list(AMOUNTS))
        self.words = chance.choice([pair for pair in YES_AND_NO if self.has("".join(pair))])
        self.has_sep = chance.random() < 0.1
        self.domain = f"t{number}.table.example"
        texts = WORDS[self.encoding]
        self.leads = []
        for row in range(chance.randrange(8, 40)):
            some = [chance.choice(texts), chance.choice(ASCII), chance.choice(texts)]
            self.leads.append({
                "first_name": chance.choice(["Ida", "Ole", chance.choice(texts).split()[0]]),
                "last_name": f"{chance.choice(texts)} {row}",
                "email": f"row{row}@{self.domain}",
                "company_name": chance.choice(texts + [one for one in ASCII if "\t" not in one]),
                "city": chance.choice(texts),
                # The first ones leave no doubt about what separates decimals.
                "cents": 123_456_789 + row if row < 2 else chance.randrange(0, 10**9),
                "do_not_call": chance.random() < 0.5,
                "company_size": chance.randrange(1, 900),
                "description": chance.choice(some + ["\n".join(some)]),
            })

    def has(self, text):
        """Whether the encoding has a text."""
        return text.encode(self.encoding, "ignore").decode(self.encoding) == text

    def __repr__(self):
        return (f"{self.encoding}, {self.delimiter!r}, {self.newline!r}, {self.quoting}, {self.amount}, "
                f"{self.words}, {self.domain}")

    @property
    def content(self):
        file = io.StringIO(newline="")
        if self.has_sep:
            file.write(f"sep={self.delimiter}{self.newline}")
        writer = csv.writer(
            file, delimiter=self.delimiter, lineterminator=self.newline, quoting=self.quoting)
        writer.writerow(HEADINGS)
        for lead in self.leads:
            writer.writerow([
                lead["first_name"], lead["last_name"], lead["email"], lead["company_name"], lead["city"],
                AMOUNTS[self.amount](lead["cents"]), self.words[not lead["do_not_call"]],
                lead["company_size"], lead["description"]])
        return file.getvalue().encode(self.encoding)

    def seen(self, lead):
        """What of a stored lead is in the table."""
        return {**{name: lead[name] for name in self.leads[0] if name != "cents"},
                "cents": int(lead["annual_revenue"]["amount_minor"])}

    def kept(self, lead):
        """What a record keeps of a row of the table: a tab is a blank."""
        return {**lead, "description": lead["description"].replace("\t", " ")}


def test_any_table_in_any_dialect_comes_back_equal(owner):
    chance = scale.chance()
    for number in range(TABLES):
        table = Table(chance, number)
        done = owner.run("leads", table.content)
        assert state(done) == "SUCCEEDED", (table, done["failure"], done["questions"])
        assert counts(done) == [len(table.leads), 0, 0, 0, 0], (table, done["row_remarks"])
        found = {lead["email"]: table.seen(lead) for lead in owner.all("leads", f"&query={table.domain}")}
        assert len(found) == len(table.leads), table
        for lead in table.leads:
            assert found[lead["email"]] == table.kept(lead), table
        again = owner.run("leads", table.content)
        assert counts(again) == [0, 0, 0, len(table.leads), 0], table


PIECES = [
    b"Last Name", b"Email", b"Phone", b"Amount", b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r\n", b"\r", b"\\",
    b"\0", b"\xff", b"\xfe", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", "ü".encode(), b"a@b.example", b"+12125550101",
    b"3/4/2026", b"1.000", b"1,5", b"=1+1", b"sep=;", b"yes", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"<table>",
    b"<td>", b"BEGIN:VCARD\nN:B;A\nEND:VCARD\n", b"%PDF-", b"{", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x80\x81", b" ",
    b"Last Name,Email\nBerg,ida@bytes.example\n",
]


def test_any_bytes_end_in_a_report(owner):
    chance = scale.chance()
    kinds = ["leads", "accounts", "contacts", "deals", "tasks"]
    for number in range(FILES):
        if chance.random() < 0.2:
            content = chance.randbytes(chance.randrange(1, 300))
        else:
            content = b"".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 60)))
        kind = kinds[number % len(kinds)]
        ended = owner.run(kind, content)
        if state(ended) == "READY":
            assert ended["questions"], content
            owner.ask("POST", owner.path(kind, ended, ":cancel"), {})
        elif state(ended) == "FAILED":
            assert ended["failure"], content
        else:
            assert state(ended) == "SUCCEEDED" and ended["reading"]["format"], content
            assert len(owner.rows(kind, ended).splitlines()) >= 1, content
