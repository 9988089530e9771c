import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { importObjects } from "../../core/fileImports";
import { fromSystem } from "../../core/importMapping";
import { noSystem, sourceOptions } from "../../core/importSources";
import { navigate } from "../../core/navigation";
import { Combobox } from "../../parts/Combobox";
import { Field, TextField } from "../../parts/Field";
import { Section } from "../../parts/Section";
import { Segmented } from "../../parts/Segmented";
import { words as all } from "../../words/imports";
import { words as ready } from "../../words/importReady";
import { newImportAddress, otherKindAddress } from "./address";
import { heldFile } from "./heldFiles";
import { importedKinds } from "./kinds";
import type { ReadyProps } from "./ReadyImport";

const words = ready.source;

/** What the file is, and which system wrote it. */
export function SourceSection(props: ReadyProps) {
  const { followed, reading, settings } = props;
  const system = settings.source_system === "" ? noSystem : settings.source_system;
  return (
    <Section title={words.title}>
      <p>
        {words.format(reading.format, reading.rows)}{" "}
        {reading.passed_over !== "0" && words.passedOver(reading.passed_over)}
      </p>
      {reading.remarks.length > 0 && (
        <ul className="import-notes">
          {reading.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <div className="form-pair">
        <Field
          label={words.label}
          hint={words.hint}
          control={(wiring) => (
            <Combobox
              {...wiring}
              label={words.label}
              options={sourceOptions(system)}
              value={system}
              onChange={(name) => followed.readAs(fromSystem(name))}
              onCreate={(text) => followed.readAs(fromSystem(text))}
            />
          )}
        />
        {reading.part !== "" && <SheetField {...props} />}
      </div>
      <OtherKind {...props} />
    </Section>
  );
}

/** The sheet of a workbook, or the file of an archive. */
function SheetField({ followed, settings }: ReadyProps) {
  const [sheet, setSheet] = useState(settings.choices.sheet);
  const read = () => {
    if (sheet !== settings.choices.sheet) followed.set({ choices: { ...settings.choices, sheet } });
  };
  return (
    <TextField
      label={words.sheet}
      hint={words.sheetHint}
      value={sheet}
      maxLength={255}
      onChange={(event) => setSheet(event.target.value)}
      onBlur={read}
      onKeyDown={(event) => {
        if (event.key === "Enter") read();
      }}
    />
  );
}

/** The same file as another kind of record. */
function OtherKind({ followed, value }: ReadyProps) {
  const { permissions } = useWorkspace();
  const open = importedKinds.filter(({ service }) => permissions.may(`${importObjects[service]}.create`));
  if (open.length < 2 || value.validate_only) return null;
  const change = (object: string) => {
    if (object === value.object) return;
    followed.order("cancel");
    navigate(heldFile(value.id) === null ? newImportAddress(object) : otherKindAddress(object, value.id));
  };
  return (
    <Segmented
      label={all.file.kind}
      choices={open.map(({ kind }) => ({ value: kind.object, label: all.records(kind) }))}
      value={value.object}
      onChange={change}
    />
  );
}
