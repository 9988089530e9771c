import "../../app/firstLoad";
import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { decodeGetAutomationStatsResponse, type TaskRule } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { SelectField } from "../../parts/Field";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words as screens } from "../../words/settingScreens";
import { words as all } from "../../words/taskSettings";
import { taskRule } from "./kinds";
import { RunRuleDialog } from "./RunRuleDialog";
import { type StatsPeriod, statsPeriods, statsQuery } from "./statsPeriods";
import { TaskRuleDialog } from "./TaskRuleDialog";
import { TaskRuleTable } from "./TaskRuleTable";

const words = all.rule;

type Asked = { what: "new" } | { what: "edit" | "run"; rule: TaskRule };

/** The rules that make tasks, and what they have made. */
export default function TaskRulesSection() {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const { rows, error, reload } = useAll(taskRule);
  const [asked, setAsked] = useState<Asked | null>(null);
  const rules = rows as unknown as readonly TaskRule[] | null;
  const [period, setPeriod] = useState<StatsPeriod>("");
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = statsQuery(period, new Date());
      const raw = await records.client.get("/api/v1/tasks:automationStats", query, signal);
      return decodeGetAutomationStatsResponse(raw).rules;
    },
    // Other rules have made other tasks.
    [records, rows, period],
  );
  const stats = useLoaded(load);
  const close = () => setAsked(null);
  const remove = async ({ id, display_name }: TaskRule) => {
    try {
      await records.delete(taskRule, id);
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return reload();
    }
    const bringBack = async () => {
      await records.undelete(taskRule, id);
      reload();
    };
    undoable({ label: words.deleted(display_name), takeBack: bringBack, about: id });
    reload();
  };
  const add = permissions.may("task_rule.create") && (
    <button type="button" className="button" onClick={() => setAsked({ what: "new" })}>
      {words.add}
    </button>
  );
  return (
    <section aria-labelledby="task-rules-title">
      <header className="screen-head">
        <h2 id="task-rules-title">{screens.taskRules}</h2>
        <div className="screen-action">{rules !== null && rules.length > 0 && add}</div>
      </header>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {rules === null && error === null && <Waiting lines={6} />}
      {rules?.length === 0 && (
        <Empty icon="tasks" title={words.none.title} reason={words.none.reason} action={add} />
      )}
      {rules !== null && rules.length > 0 && (
        <SelectField
          className="input rule-period"
          label={words.period}
          value={period}
          onChange={(event) => setPeriod(event.target.value as StatsPeriod)}
        >
          {statsPeriods.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {stats.error !== null && <Failure error={stats.error} retry={stats.reload} />}
      {rules !== null && rules.length > 0 && (
        <TaskRuleTable
          rules={rules}
          stats={stats.value ?? []}
          isOfPeriod={period !== ""}
          edit={(rule) => setAsked({ what: "edit", rule })}
          run={(rule) => setAsked({ what: "run", rule })}
          remove={(rule) => void remove(rule)}
        />
      )}
      {asked?.what === "run" && <RunRuleDialog rule={asked.rule} onClose={close} onDone={stats.reload} />}
      {asked !== null && asked.what !== "run" && (
        <TaskRuleDialog
          rule={asked.what === "edit" ? asked.rule : null}
          onClose={close}
          onDone={() => {
            close();
            reload();
          }}
        />
      )}
    </section>
  );
}
