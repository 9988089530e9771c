import "../../app/firstLoad";
import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words as all } from "../../words/settings";
import { RescoringProgress } from "./RescoringProgress";
import { RuleDialog } from "./RuleDialog";
import { health, type PointRule, type RuleSubject, scoring } from "./ruleSubjects";
import { RuleTable } from "./RuleTable";

const words = all.scoring;

type Asked = { what: "new" } | { what: "edit"; rule: PointRule };

/** The rules that make scores of leads. */
export function ScoringSection() {
  return <RulesSection subject={scoring} />;
}

/** The rules that make the health of accounts. */
export function HealthSection() {
  return <RulesSection subject={health} />;
}

/** Rules that give points. A change scores all records again. */
function RulesSection({ subject }: { subject: RuleSubject }) {
  const { kind } = subject;
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const { rows, error, reload } = useAll(kind);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [changes, setChanges] = useState(0);
  const rules = rows as unknown as readonly PointRule[] | null;

  const changed = () => {
    setAsked(null);
    setChanges((before) => before + 1);
  };
  const remove = async (rule: PointRule) => {
    try {
      await records.delete(kind, rule.id);
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return reload();
    }
    const label = words.deleted(rule.display_name);
    const bringBack = async () => {
      await records.undelete(kind, rule.id);
      changed();
    };
    undoable({ label, takeBack: bringBack, about: rule.id });
    changed();
  };

  const add = permissions.may(`${kind.object}.create`) && (
    <button type="button" className="button" onClick={() => setAsked({ what: "new" })}>
      {words.add}
    </button>
  );
  return (
    <section aria-labelledby="rules-title">
      <header className="screen-head">
        <h2 id="rules-title">{subject.words.title}</h2>
        <div className="screen-action">{rules !== null && rules.length > 0 && add}</div>
      </header>
      <p className="muted">{subject.words.about}</p>
      {subject === scoring && <RescoringProgress key={changes} />}
      {error !== null && <Failure error={error} retry={reload} />}
      {rows === null && error === null && <Waiting lines={6} />}
      {rules?.length === 0 && (
        <Empty
          icon="settings"
          title={subject.words.none.title}
          reason={subject.words.none.reason}
          action={add}
        />
      )}
      {rules !== null && rules.length > 0 && (
        <RuleTable
          subject={subject}
          rules={rules}
          edit={(rule) => setAsked({ what: "edit", rule })}
          remove={(rule) => void remove(rule)}
        />
      )}
      {asked !== null && (
        <RuleDialog
          subject={subject}
          rule={asked.what === "edit" ? asked.rule : null}
          onClose={() => setAsked(null)}
          onDone={changed}
        />
      )}
    </section>
  );
}
