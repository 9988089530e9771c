// A file of leads that was read, as the service tells it.

import { decodeImport, decodeImportReadColumn } from "../src/core/importApi.generated";
import { type FileImport, noChoices } from "../src/core/fileImports";
import type { ImportReadColumn } from "../src/core/types";

/** A column with a value or two. */
export function column(
  index: number,
  name: string,
  field: string,
  others: Partial<ImportReadColumn> = {},
): ImportReadColumn {
  const group = field === "" ? "IMPORT_COLUMN_GROUP_LEFT_OUT" : "IMPORT_COLUMN_GROUP_IMPORTED";
  return { ...decodeImportReadColumn({ index, column: name, field, group, examples: ["a", "b"] }), ...others };
}

/** An import of leads that waits to be started. */
export function readImport(values: Record<string, unknown> = {}): FileImport {
  const columns = [
    column(0, "Ref", ""),
    column(1, "Surname", "last_name"),
    column(2, "E-mail", "email"),
    column(3, "Revenue", "annual_revenue", { decimal: "point", read_as: "decimal point, as the column's other values show" }),
    column(4, "State of it", "status"),
    column(5, "Who", "owner_id"),
    column(6, "Old", "", { group: "IMPORT_COLUMN_GROUP_EMPTY", examples: [] }),
  ];
  const reading = {
    format: "text in UTF-8, separated by commas",
    rows: "12",
    columns,
    new_values: [{ field: "status", value: "Warm", rows: "3" }],
    unknown_owners: [{ value: "Eve Moe", rows: "2" }],
    table: {},
  };
  const raw = {
    id: "import_1",
    etag: "1",
    file_name: "leads.csv",
    state: "IMPORT_STATE_READY",
    received_bytes: "100",
    creator: "member_1",
    source_system: "salesforce",
    mapping: columns.map(({ column: heading, field, index }) => ({ column: heading, field, place: index + 1 })),
    reading,
    ...values,
  };
  const read = decodeImport(raw);
  return { ...read, choices: read.choices ?? noChoices, object: "lead", incomplete: "0", service: "leads" };
}
