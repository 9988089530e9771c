import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import type { HealthReason } from "../../core/api.generated";
import { fieldHistory } from "../../core/fieldHistory";
import { signedPoints } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { Failure } from "../../parts/Failure";
import { Time } from "../../parts/Time";
import { Waiting } from "../../parts/Waiting";
import { words as all } from "../../words/accountScreens";
import { account, asAccount } from "./account";
import { HealthBadge } from "./HealthBadge";

const words = all.health;

/** The health, its meaning, the verdict of each rule, and earlier healths. */
export function HealthCard({ record }: { record: Rec }) {
  const { id, health_score, health, health_reasons } = asAccount(record);
  if (health_score === null || health === "") return null;
  const sum = health_reasons.reduce((total, { state, points }) => total + (state === "met" ? points : 0), 0);
  return (
    <section className="score" aria-label={words.title}>
      <div className="score-head">
        <span className="score-number">{health_score}</span>
        <span className="muted">{words.most}</span>
        <HealthBadge health={health} />
      </div>
      {health_reasons.length === 0 ? (
        <p className="muted">{words.none}</p>
      ) : (
        <ul className="score-parts" aria-label={words.rules}>
          {inOrder(health_reasons).map((reason) => (
            <Reason key={reason.rule_id} reason={reason} />
          ))}
          {sum !== health_score && (
            <li className="muted">
              <span>{words.limited}</span>
              <span className="score-points">{health_score}</span>
            </li>
          )}
        </ul>
      )}
      <Changes id={id} score={health_score} />
    </section>
  );
}

/** Rules that gave points first, those that are not measured last. */
function inOrder(reasons: readonly HealthReason[]): readonly HealthReason[] {
  const states = ["met", "not_met", "not_measured"];
  return [...reasons].sort(
    (a, b) => states.indexOf(a.state) - states.indexOf(b.state) || b.points - a.points,
  );
}

function Reason({ reason: { name, points, state } }: { reason: HealthReason }) {
  if (state !== "met") {
    return (
      <li className="muted">
        <bdi>{name}</bdi>
        <span>{state === "not_met" ? words.notMet(signedPoints(points)) : words.notMeasured}</span>
      </li>
    );
  }
  return (
    <li>
      <bdi>{name}</bdi>
      <span className={`score-points ${points < 0 ? "bad" : ""}`}>{signedPoints(points)}</span>
    </li>
  );
}

/** Its changes, with the time of each; requested when they are opened. */
function Changes({ id, score }: { id: string; score: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="health-changes" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.history}</summary>
      {isOpen && <ChangeList id={id} score={score} />}
    </details>
  );
}

const mostChanges = 20;

function ChangeList({ id, score }: { id: string; score: number }) {
  const { records } = useWorkspace();
  const load = useCallback(
    (signal: AbortSignal) =>
      fieldHistory((token) => records.history(account, id, token, signal), "health_score", mostChanges),
    // Another score means one more change.
    [records, id, score],
  );
  const { value, error, reload } = useLoaded(load);
  if (error !== null) return <Failure error={error} retry={reload} />;
  if (value === null) return <Waiting lines={2} />;
  return (
    <ol aria-label={words.history}>
      {value.map(({ time, from, to }) => (
        <li key={time}>
          {words.change(from, to)}{" "}
          <span className="muted">
            <Time at={time} />
          </span>
        </li>
      ))}
    </ol>
  );
}
