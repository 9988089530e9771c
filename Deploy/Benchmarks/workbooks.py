"""Excel workbooks, written as a spreadsheet saves them: texts shared, numbers as numbers."""

import csv
import pathlib
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# All parts but the rows and their texts.
PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{CONTENT}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{CONTENT}.sharedStrings+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml":
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def workbook(table: pathlib.Path, numbers: set[str]) -> pathlib.Path:
    """The rows of a CSV file as a workbook beside it, once; `numbers` are columns of numbers."""
    path = table.with_suffix(".xlsx")
    if path.exists() and path.stat().st_mtime >= table.stat().st_mtime:
        return path
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, HEAD + content)
        texts: dict[str, int] = {}
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            cells = write_rows(table, numbers, texts, out)
        with archive.open("xl/sharedStrings.xml", "w") as out:
            out.write(f'{HEAD}<sst xmlns="{MAIN}" count="{cells}" uniqueCount="{len(texts)}">'.encode())
            for text in texts:
                out.write(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode())
            out.write(b"</sst>")
    unfinished.rename(path)
    return path


def write_rows(table: pathlib.Path, numbers: set[str], texts: dict[str, int], out) -> int:
    """Writes a sheet, and numbers the texts that its cells refer to; how many cells have one."""
    cells = 0
    out.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
    with table.open(newline="", encoding="utf-8") as lines:
        for place, row in enumerate(csv.reader(lines), 1):
            if place == 1:
                are_numbers = [heading in numbers for heading in row]
            written = []
            for index, value in enumerate(row):
                if not value:
                    continue
                cell = f"{letters(index)}{place}"
                if place > 1 and are_numbers[index]:
                    written.append(f'<c r="{cell}"><v>{value}</v></c>')
                else:
                    cells += 1
                    number = texts.setdefault(value, len(texts))
                    written.append(f'<c r="{cell}" t="s"><v>{number}</v></c>')
            out.write(f'<row r="{place}">{"".join(written)}</row>'.encode())
    out.write(b"</sheetData></worksheet>")
    return cells


def letters(index: int) -> str:
    """What a sheet calls a column, from 0."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name
