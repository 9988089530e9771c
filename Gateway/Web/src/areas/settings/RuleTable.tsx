import { useWorkspace } from "../../app/workspace";
import { namesIn } from "../../core/cel";
import type { Fields } from "../../core/fields";
import { fieldText } from "../../core/fieldText";
import { signedPoints } from "../../core/format";
import { operators, readRows, type RuleRow, takesValue } from "../../core/ruleRows";
import { words as all } from "../../words/settings";
import type { PointRule, RuleSubject } from "./ruleSubjects";

const words = all.scoring;

interface Props {
  subject: RuleSubject;
  rules: readonly PointRule[];
  edit: (rule: PointRule) => void;
  remove: (rule: PointRule) => void;
}

export function RuleTable({ subject, rules, edit, remove }: Props) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.may(`${subject.kind.object}.edit`);
  const mayDelete = permissions.may(`${subject.kind.object}.delete`);
  const known = new Map([...subject.scored.fields, ...subject.unmeasured]);
  return (
    <div className="table-scroll" role="region" aria-label={subject.words.table} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.rule}</th>
            <th scope="col">{words.condition}</th>
            <th scope="col" className="number">{words.points}</th>
            <th scope="col">{words.state}</th>
            {(mayEdit || mayDelete) && <th scope="col">{words.change}</th>}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">
                <bdi>{rule.display_name}</bdi>
              </th>
              <td data-label={words.condition}>
                <ConditionWords fields={known} condition={rule.condition} />
              </td>
              <td data-label={words.points} className={`number ${rule.points < 0 ? "bad" : ""}`}>
                {signedPoints(rule.points)}
              </td>
              <td data-label={words.state}>
                <State subject={subject} rule={rule} />
              </td>
              {(mayEdit || mayDelete) && (
                <td className="table-actions">
                  {mayEdit && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={all.editOf(rule.display_name)}
                      onClick={() => edit(rule)}
                    >
                      {all.edit}
                    </button>
                  )}
                  {mayDelete && (
                    <button
                      type="button"
                      className="button-quiet bad"
                      aria-label={words.deleteOf(rule.display_name)}
                      onClick={() => remove(rule)}
                    >
                      {words.delete}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether it gives points. */
function State({ subject, rule }: { subject: RuleSubject; rule: PointRule }) {
  if (rule.active !== true) return <span className="tag">{words.paused}</span>;
  const names = [...namesIn(rule.condition)];
  const waits = names.length > 0 && names.every((name) => subject.unmeasured.has(name));
  return <span className={`tag ${waits ? "" : "tag-good"}`}>{waits ? words.unmeasured : words.counts}</span>;
}

/** A condition in words, or in CEL if words cannot express it. */
export function ConditionWords({ fields, condition }: { fields: Fields; condition: string }) {
  const { names } = useWorkspace().directory;
  const rows = readRows(fields, condition);
  if (rows === null) return <code className="code">{condition}</code>;
  const said = (row: RuleRow) => {
    const field = fields.get(row.field);
    const values = row.values.map((value) =>
      field !== undefined && row.operator === "in" ? fieldText(field, value, names) : value,
    );
    const label = field?.label ?? row.field;
    return [label, operators[row.operator], takesValue(row.operator) ? words.or(values) : ""]
      .join(" ")
      .trim();
  };
  return <bdi>{words.and(rows.map(said))}</bdi>;
}
