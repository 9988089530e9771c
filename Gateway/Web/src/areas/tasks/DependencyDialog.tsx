import { useWorkspace } from "../../app/workspace";
import { ApiError, fieldErrors, FieldRefusal } from "../../core/problem";
import type { RecordApi } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { Combobox } from "../../parts/Combobox";
import { Field, SelectField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { useChoices } from "../../records/useChoices";
import { words as all } from "../../words/taskScreens";
import { dependency, dependencyTypes } from "./dependency";
import { task } from "./task";

const words = all.dependencies;

interface Values {
  way: string;
  other: string;
  type: string;
}

/** Lets a task wait for another one, or another one for it. */
export function DependencyDialog({ record, onClose }: { record: Rec; onClose: () => void }) {
  const { records } = useWorkspace();
  const parent = task.fields.get("parent_id");
  const options = useChoices(parent ?? { name: "", label: "", type: "id", kind: "reference" });
  const form = useForm<Values>({
    initial: { way: "waits", other: "", type: dependencyTypes[0] },
    send: async ({ way, other, type }, key) => {
      if (other === "") throw new FieldRefusal({ other: words.choose });
      const [predecessor_id, successor_id] = way === "waits" ? [other, record.id] : [record.id, other];
      try {
        await records.create(dependency, { predecessor_id, successor_id, type }, key);
      } catch (failure) {
        throw await inWords(records, failure);
      }
    },
    onDone: onClose,
  });
  return (
    <FormDialog title={words.add} action={words.add} form={form} onClose={onClose}>
      <SelectField label={words.which} {...form.text("way")}>
        {Object.entries(words.ways).map(([way, label]) => (
          <option key={way} value={way}>
            {label}
          </option>
        ))}
      </SelectField>
      <Field
        label={words.other}
        error={form.errors["other"]}
        control={(wiring) => <Combobox label={words.other} options={options} {...form.field("other")} {...wiring} />}
      />
      <SelectField label={words.how} {...form.text("type")}>
        {dependencyTypes.map((type) => (
          <option key={type} value={type}>
            {words.types[type]}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}

/** A refusal at the field with the other task; for a circle, with the names of the tasks along it. */
async function inWords(records: RecordApi, failure: unknown): Promise<unknown> {
  if (!(failure instanceof ApiError)) return failure;
  const path = failure.problem.metadata["path"]?.split(",") ?? [];
  if (path.length > 0) {
    const named = await records.resolve([...new Set(path)]).catch(() => []);
    const titles = new Map(named.map(({ id, title }) => [id, title]));
    return new FieldRefusal({ other: words.circle(path.map((id) => titles.get(id) || task.one)) });
  }
  const { predecessor_id, successor_id } = fieldErrors(failure, ["predecessor_id", "successor_id"]);
  const said = predecessor_id ?? successor_id;
  return said === undefined ? failure : new FieldRefusal({ other: said });
}
