import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { fieldText } from "../../core/fieldText";
import { operators, readRows, type RuleRow, takesValue } from "../../core/ruleRows";
import { lead } from "../leads/lead";

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
    <div className="table-scroll" role="region" aria-label="Table of scoring rules" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Condition</th>
            <th scope="col" className="number">Points</th>
            <th scope="col">State</th>
            {(mayEdit || mayDelete) && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">
                <bdi>{rule.display_name}</bdi>
              </th>
              <td data-label="Condition">
                <ConditionWords condition={rule.condition} />
              </td>
              <td data-label="Points" className={`number ${rule.points < 0 ? "bad" : ""}`}>
                {rule.points > 0 ? `+${rule.points}` : `−${-rule.points}`}
              </td>
              <td data-label="State">
                <span className={`tag ${rule.active === true ? "tag-good" : ""}`}>
                  {rule.active === true ? "Counts" : "Paused"}
                </span>
              </td>
              {(mayEdit || mayDelete) && (
                <td className="table-actions">
                  {mayEdit && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={`Edit ${rule.display_name}`}
                      onClick={() => edit(rule)}
                    >
                      Edit
                    </button>
                  )}
                  {mayDelete && (
                    <button
                      type="button"
                      className="button-quiet bad"
                      aria-label={`Delete ${rule.display_name}`}
                      onClick={() => remove(rule)}
                    >
                      Delete
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
  const words = (row: RuleRow) => {
    const field = lead.fields.get(row.field);
    const values = row.values.map((value) =>
      field !== undefined && row.operator === "in" ? fieldText(field, value, names) : value,
    );
    const label = field?.label ?? row.field;
    return [label, operators[row.operator], takesValue(row.operator) ? values.join(" or ") : ""]
      .join(" ")
      .trim();
  };
  return <bdi>{rows.map(words).join(" and ")}</bdi>;
}
