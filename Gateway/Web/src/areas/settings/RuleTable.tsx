import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { fieldText } from "../../core/fieldText";
import { operators, readRows, type RuleRow, takesValue } from "../../core/ruleRows";
import { words as all } from "../../words/settings";
import { lead } from "../leads/lead";

const words = all.scoring;

interface Props {
  rules: readonly ScoringRule[];
  edit: (rule: ScoringRule) => void;
  remove: (rule: ScoringRule) => void;
}

export function RuleTable({ rules, edit, remove }: Props) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.may("scoring_rule.edit");
  const mayDelete = permissions.may("scoring_rule.delete");
  return (
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
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
                <ConditionWords condition={rule.condition} />
              </td>
              <td data-label={words.points} className={`number ${rule.points < 0 ? "bad" : ""}`}>
                {rule.points > 0 ? `+${rule.points}` : `−${-rule.points}`}
              </td>
              <td data-label={words.state}>
                <span className={`tag ${rule.active === true ? "tag-good" : ""}`}>
                  {rule.active === true ? words.counts : words.paused}
                </span>
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

/** A condition as people say it, or in CEL where it is more than that. */
function ConditionWords({ condition }: { condition: string }) {
  const { names } = useWorkspace().directory;
  const rows = readRows(lead.fields, condition);
  if (rows === null) return <code className="code">{condition}</code>;
  const said = (row: RuleRow) => {
    const field = lead.fields.get(row.field);
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
