import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { explainInLine } from "../../core/problem";
import type { ScoringRule } from "../../core/types";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { RescoringProgress } from "./RescoringProgress";
import { RuleDialog } from "./RuleDialog";

type Asked = { what: "new" } | { what: "edit"; rule: ScoringRule };

/** The rules that make scores. A change scores all leads again. */
export function ScoringSection() {
  const { api, permissions, notices } = useWorkspace();
  const load = useCallback(() => api.scoringRules(), [api]);
  const { value, error, reload } = useLoaded(load);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [changes, setChanges] = useState(0);

  const changed = () => {
    setAsked(null);
    reload();
    setChanges((before) => before + 1);
  };
  const remove = async (rule: ScoringRule) => {
    try {
      await api.deleteScoringRule(rule.id, rule.etag);
      const { display_name, condition, points, active } = rule;
      const bringBack = () =>
        api
          .createScoringRule({ display_name, condition, points, active }, `undo-${rule.id}-${rule.etag}`)
          .then(changed, (failure: unknown) => notices.failed(explainInLine(failure)));
      notices.done(`Rule ${display_name} deleted`, {
        label: "Undo",
        run: () => void bringBack(),
      });
      changed();
    } catch (failure) {
      notices.failed(explainInLine(failure));
      reload();
    }
  };

  const add = permissions.may("scoring_rule.create") && (
    <button type="button" className="button" onClick={() => setAsked({ what: "new" })}>
      Add rule
    </button>
  );
  return (
    <section aria-labelledby="scoring-title">
      <header className="screen-head">
        <h2 id="scoring-title">Scoring rules</h2>
        <div className="screen-action">{value !== null && value.length > 0 && add}</div>
      </header>
      <p className="muted">
        A lead’s score is the sum of the points of the rules it meets, kept between 0 and 100: cold
        to 30, warm to 50, hot to 70, very hot above.
      </p>
      <RescoringProgress key={changes} />
      {error !== null && <Failure error={error} retry={reload} />}
      {value?.length === 0 && (
        <Empty
          icon="settings"
          title="Rules that score leads belong here"
          reason="Without a rule every lead has a score of 0."
          action={add}
        />
      )}
      {value !== null && value.length > 0 && (
        <RuleTable
          rules={value}
          edit={(rule) => setAsked({ what: "edit", rule })}
          remove={(rule) => void remove(rule)}
        />
      )}
      {asked !== null && (
        <RuleDialog
          rule={asked.what === "edit" ? asked.rule : null}
          onClose={() => setAsked(null)}
          onDone={changed}
        />
      )}
    </section>
  );
}

interface TableProps {
  rules: ScoringRule[];
  edit: (rule: ScoringRule) => void;
  remove: (rule: ScoringRule) => void;
}

function RuleTable({ rules, edit, remove }: TableProps) {
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
              <th scope="row">{rule.display_name}</th>
              <td className="code" data-label="Condition">{rule.condition}</td>
              <td data-label="Points" className={`number ${rule.points < 0 ? "bad" : ""}`}>
                {rule.points > 0 ? `+${rule.points}` : `−${-rule.points}`}
              </td>
              <td data-label="State">
                <span className={`tag ${rule.active ? "tag-good" : ""}`}>
                  {rule.active ? "Counts" : "Paused"}
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
