import { useWorkspace } from "../../app/workspace";
import type { Bant, Criterion, Meddicc } from "../../core/api.generated";
import { FieldRefusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/qualification";
import { asLead, lead, leadName } from "./lead";

export type Method = "bant" | "meddicc";

/** The most points of one criterion. */
const most: Readonly<Record<Method, number>> = { bant: 25, meddicc: 10 };

/** Scores by the names of the criteria, and evidence by "name_evidence". */
type Values = Record<string, string>;

/** The criteria of a lead by one method. */
export function AssessDialog({
  record,
  method,
  onClose,
}: {
  record: Rec;
  method: Method;
  onClose: () => void;
}) {
  const { records, notices } = useWorkspace();
  const criteria = Object.entries(words.criteria[method]);
  const known = asLead(record)[method];
  const form = useForm<Values, string>({
    name: `${record.id}:${method}`,
    initial: initialOf(criteria, known),
    send: async (values, key) => {
      refuseFaults(criteria.map(([name]) => name), values, most[method]);
      const given = Object.fromEntries(criteria.map(([name]) => [name, criterionOf(values, name)]));
      const body = { [method]: given, etag: record.etag };
      return leadName(await records.verb(lead, record.id, "assess", body, key));
    },
    onDone: (name) => {
      notices.done(words.saved(name));
      onClose();
    },
  });
  const text = (name: string) => ({
    value: form.values[name] ?? "",
    onChange: (event: { target: { value: string } }) => form.set({ [name]: event.target.value }),
    error: form.errors[name],
  });
  return (
    <FormDialog
      title={words.assess.title(words.groups[method])}
      action={words.assess.send}
      form={form}
      onClose={onClose}
      size="wide"
    >
      {criteria.map(([name, label]) => (
        <fieldset key={name} className="criterion">
          <legend>{label}</legend>
          <TextField
            label={words.points(most[method])}
            inputMode="numeric"
            {...text(name)}
          />
          <TextArea label={words.evidence} rows={1} maxLength={1000} {...text(`${name}_evidence`)} />
        </fieldset>
      ))}
    </FormDialog>
  );
}

function initialOf(criteria: readonly [string, string][], known: Bant | Meddicc | null): Values {
  const values: Values = {};
  for (const [name] of criteria) {
    const criterion = (known as Readonly<Record<string, Criterion | null>> | null)?.[name] ?? null;
    values[name] = criterion === null || criterion.score === null ? "" : String(criterion.score);
    values[`${name}_evidence`] = criterion?.evidence ?? "";
  }
  return values;
}

/** @throws FieldRefusal - naming the fields that are not a valid number of points */
function refuseFaults(names: readonly string[], values: Values, points: number): void {
  const faults: Record<string, string> = {};
  for (const name of names) {
    const typed = (values[name] ?? "").trim();
    const isKnown = typed === "" || (/^\d{1,2}$/.test(typed) && Number(typed) <= points);
    if (!isKnown) faults[name] = words.noPoints(points);
  }
  if (Object.keys(faults).length > 0) throw new FieldRefusal(faults);
}

/** An empty value clears the criterion. */
function criterionOf(values: Values, name: string): Record<string, unknown> {
  const score = (values[name] ?? "").trim();
  const evidence = (values[`${name}_evidence`] ?? "").trim();
  return score === "" ? { evidence } : { score: Number(score), evidence };
}
