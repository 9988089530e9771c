import { useState } from "react";
import type { StoryProps } from "../../app/areas";
import { explainInLine } from "../../core/problem";
import { Failure } from "../../parts/Failure";
import { Section } from "../../parts/Section";
import { Waiting } from "../../parts/Waiting";
import { words as records } from "../../words/records";
import { words } from "../../words/timeline";
import { type Choice, everything } from "./timeline";
import { TimelineChoice } from "./TimelineChoice";
import { TimelineDays } from "./TimelineDays";
import { useTimeline } from "./useTimeline";

/** What happened to a record, wherever it is kept. */
export default function Story({ kind, record }: StoryProps) {
  const [choice, setChoice] = useState<Choice>(everything);
  const { told, error, isLoading, feed } = useTimeline(kind, record, choice);
  const retry = () => void feed.refresh();
  const isNarrowed = choice.sorts.length > 0 || choice.member !== "" || choice.period !== "";
  return (
    <Section title={records.history.timeline}>
      <TimelineChoice choice={choice} onChange={setChoice} />
      {told !== null && told.gaps.length > 0 && (
        <p className="list-stale" role="status">
          {words.gap(told.gaps.map(({ part }) => words.parts[part] ?? part))}
          <button type="button" className="button-quiet" onClick={retry}>
            {words.retry}
          </button>
        </p>
      )}
      {told === null && (error === null ? <Waiting lines={8} /> : <Failure error={error} retry={retry} />)}
      {told !== null && error !== null && (
        <p className="list-error" role="alert">
          {explainInLine(error)}
          <button type="button" className="button-quiet" onClick={retry}>
            {words.retry}
          </button>
        </p>
      )}
      {told !== null && told.entries.length === 0 && told.next === "" && (
        <p className="muted">
          {isNarrowed ? words.noMatch : words.none}
          {isNarrowed && (
            <button type="button" className="button-quiet" onClick={() => setChoice(everything)}>
              {words.all}
            </button>
          )}
        </p>
      )}
      {told !== null && <TimelineDays kind={kind} record={record} entries={told.entries} />}
      {told !== null && told.next !== "" && (
        <button type="button" className="button-quiet" disabled={isLoading} onClick={() => void feed.more()}>
          {words.more}
        </button>
      )}
    </Section>
  );
}
