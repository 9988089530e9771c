import type { TaskRuleStats } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { formatInt64 } from "../../core/format";
import { Time } from "../../parts/Time";
import { words as all } from "../../words/taskSettings";
import { priorities } from "../tasks/PriorityBadge";

const words = all.rule;

interface Props {
  /** Undefined while it is not known. */
  stats: TaskRuleStats | undefined;
  /** Whether only some time is counted. */
  isOfPeriod: boolean;
}

/** What a rule has made, what became of it, how much of it has each priority, and when it last made a task. */
export function MadeTasks({ stats, isOfPeriod }: Props) {
  if (stats === undefined) return null;
  const { created, completed, overdue, last_run_time } = stats;
  return (
    <div className="made-tasks">
      {created === "0" ? (
        <span className="muted">{isOfPeriod ? words.noneThen : words.never}</span>
      ) : (
        <>
          {words.counts(created, formatInt64(completed), formatInt64(overdue))}
          <PriorityBars stats={stats} />
        </>
      )}
      {last_run_time !== "" && (
        <span className="rule-part muted">
          {words.last} <Time at={last_run_time} />
        </span>
      )}
    </div>
  );
}

/** A bar for each priority that was made, as long as its share; with the words and figures beside it. */
function PriorityBars({ stats }: { stats: TaskRuleStats }) {
  const all = Number(stats.created);
  const counts = priorities.flatMap((priority) => {
    const count = stats.priorities.find((each) => each.priority === priority)?.count ?? "0";
    return count === "0" ? [] : [{ priority, count }];
  });
  return (
    <ul className="priority-bars" aria-label={words.byPriority}>
      {counts.map(({ priority, count }) => (
        <li key={priority} className={`priority-${priority}`}>
          <span>{wordsOf(priority)}</span>
          <span className="priority-bar" aria-hidden="true">
            <span style={{ width: `${(100 * Number(count)) / all}%` }} />
          </span>
          <span>{formatInt64(count)}</span>
        </li>
      ))}
    </ul>
  );
}
