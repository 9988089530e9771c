import { useMemo } from "react";
import type { ImportMapping } from "../../core/fileImports";
import { importableFields, type ImportedKind } from "../../core/importMapping";
import { hasSlashedDays } from "../../core/importValues";
import { SelectField } from "../../parts/Field";
import { words as all } from "../../words/imports";

const words = all.days;

interface Props {
  of: ImportedKind;
  mapping: ImportMapping;
  /** The first rows of the file. */
  rows: string[][];
  onChange: (change: Partial<ImportMapping>) => void;
}

/** How days such as 3/1/2017 are read, for files that have some. */
export function DayOrder({ of, mapping, rows, onChange }: Props) {
  const isAsked = useMemo(
    () => hasSlashedDays(importableFields(of), mapping.mapping, rows),
    [of, mapping.mapping, rows],
  );
  if (!isAsked) return null;
  return (
    <section className="import-identity" aria-labelledby="days-title">
      <h2 id="days-title">{words.title}</h2>
      <SelectField
        label={words.order}
        value={mapping.date_order}
        onChange={(event) => onChange({ date_order: event.target.value })}
      >
        <option value="">{words.usual}</option>
        <option value="mdy">{words.mdy}</option>
        <option value="dmy">{words.dmy}</option>
      </SelectField>
    </section>
  );
}
