import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { useAll } from "../../records/useAll";
import { scoringRule } from "./kinds";
import { RescoringProgress } from "./RescoringProgress";
import { RuleDialog } from "./RuleDialog";
import { RuleTable } from "./RuleTable";

type Asked = { what: "new" } | { what: "edit"; rule: ScoringRule };

/** The rules that make scores. A change scores all leads again. */
export default function ScoringSection() {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const { rows, error, reload } = useAll(scoringRule);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [changes, setChanges] = useState(0);
  const rules = rows as unknown as readonly ScoringRule[] | null;

  const changed = () => {
    setAsked(null);
    setChanges((before) => before + 1);
  };
  const remove = async (rule: ScoringRule) => {
    try {
      await records.delete(scoringRule, rule.id);
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return reload();
    }
    const label = `Rule ${rule.display_name} deleted`;
    const bringBack = async () => {
      await records.undelete(scoringRule, rule.id);
      changed();
    };
    undoable({ label, takeBack: bringBack, about: rule.id });
    changed();
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
        <div className="screen-action">{rules !== null && rules.length > 0 && add}</div>
      </header>
      <p className="muted">
        A lead’s score is the sum of the points of the rules it meets, kept between 0 and 100: cold
        to 30, warm to 50, hot to 70, very hot above.
      </p>
      <RescoringProgress key={changes} />
      {error !== null && <Failure error={error} retry={reload} />}
      {rules?.length === 0 && (
        <Empty
          icon="settings"
          title="Rules that score leads belong here"
          reason="Without a rule every lead has a score of 0."
          action={add}
        />
      )}
      {rules !== null && rules.length > 0 && (
        <RuleTable
          rules={rules}
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
