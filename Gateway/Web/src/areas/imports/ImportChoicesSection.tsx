import { countryOptions } from "../../core/countries";
import type { ImportChoices } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import { Field, SelectField } from "../../parts/Field";
import { useChoices } from "../../records/useChoices";
import type { Field as RecordField } from "../../core/fields";
import { words as ready } from "../../words/importReady";
import { importedKind } from "./kinds";
import { Options } from "./NumbersAndDates";
import type { ReadyProps } from "./ReadyImport";

const words = ready.choices;

/** The field by which records are known whose id is not. */
const address = "email";

/** Country, owner, and what becomes of records that are known or were deleted. */
export function ImportChoicesSection({ followed, settings, value }: ReadyProps) {
  const of = importedKind(value.object);
  const { kind } = of;
  const { choices } = settings;
  const set = (change: Partial<ImportChoices>) => followed.set({ choices: { ...choices, ...change } });
  const owner = kind.fields.get(kind.owner);
  const hasPhones = [...kind.fields.values()].some((field) => field.kind === "phone");
  return (
    <section aria-labelledby="import-choices">
      <h2 id="import-choices">{words.title}</h2>
      <div className="form-pair">
        <SelectField
          label={words.known(kind)}
          hint={kind.fields.has(address) ? words.duplicatesHint(kind) : words.knownHint}
          value={choices.known}
          onChange={(event) => set({ known: event.target.value })}
        >
          <Options of={kind.fields.has(address) ? words.knownByAddress : words.knownOptions} />
        </SelectField>
        <SelectField
          label={words.deleted(kind)}
          value={choices.deleted === "create" ? "" : choices.deleted}
          onChange={(event) => set({ deleted: event.target.value })}
        >
          <Options of={words.deletedOptions} />
        </SelectField>
        {owner !== undefined && (
          <Field
            label={words.owner}
            hint={words.ownerHint}
            control={(wiring) => (
              <OwnerChoice
                {...wiring}
                field={owner}
                usual={words.usualOwner(kind)}
                value={choices.owner_id}
                onChange={(owner_id) => set({ owner_id })}
              />
            )}
          />
        )}
        {hasPhones && (
          <Field
            label={words.region}
            hint={words.regionHint}
            control={(wiring) => (
              <Combobox
                {...wiring}
                label={words.region}
                placeholder={words.usualRegion}
                clearable
                options={countryOptions()}
                value={choices.region}
                onChange={(region) => set({ region })}
              />
            )}
          />
        )}
      </div>
    </section>
  );
}

interface OwnerProps {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
  field: RecordField;
  /** Who it is if nobody is chosen. */
  usual: string;
  value: string;
  onChange: (member: string) => void;
}

function OwnerChoice({ field, usual, value, onChange, ...wiring }: OwnerProps) {
  return (
    <Combobox
      {...wiring}
      label={words.owner}
      placeholder={usual}
      clearable
      options={useChoices(field, [value])}
      value={value}
      onChange={onChange}
    />
  );
}
