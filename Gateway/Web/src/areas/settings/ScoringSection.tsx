import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { useAll } from "../../records/useAll";
import { words as all } from "../../words/settings";
import { scoringRule } from "./kinds";
import { RescoringProgress } from "./RescoringProgress";
import { RuleDialog } from "./RuleDialog";
import { RuleTable } from "./RuleTable";

const words = all.scoring;

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
    const label = words.deleted(rule.display_name);
    const bringBack = async () => {
      await records.undelete(scoringRule, rule.id);
      changed();
    };
    undoable({ label, takeBack: bringBack, about: rule.id });
    changed();
  };

  const add = permissions.may("scoring_rule.create") && (
    <button type="button" className="button" onClick={() => setAsked({ what: "new" })}>
      {words.add}
    </button>
  );
  return (
    <section aria-labelledby="scoring-title">
      <header className="screen-head">
        <h2 id="scoring-title">{words.title}</h2>
        <div className="screen-action">{rules !== null && rules.length > 0 && add}</div>
      </header>
      <p className="muted">{words.about}</p>
      <RescoringProgress key={changes} />
      {error !== null && <Failure error={error} retry={reload} />}
      {rules?.length === 0 && (
        <Empty
          icon="settings"
          title={words.none.title}
          reason={words.none.reason}
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
