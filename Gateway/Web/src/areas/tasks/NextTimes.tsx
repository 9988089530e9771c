import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { decodePreviewRecurrenceResponse } from "../../core/api.generated";
import { fieldErrors } from "../../core/problem";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/taskScreens";
import { dueText } from "./dueTimes";
import { ruleWords } from "./recurring";
import { task } from "./task";

const words = all.recurring;
const typingPause = 300;
const shown = 5;

/** A rule in words, and when it has a task due next, or why there is no such rule: asked while it is filled in. */
export function NextTimes({ rule, start, zone }: { rule: string; start: string; zone: string }) {
  const { records } = useWorkspace();
  const [times, setTimes] = useState<readonly string[] | null>(null);
  const [fault, setFault] = useState("");
  const hasAsked = useRef(false);
  useEffect(() => {
    setTimes(null);
    setFault("");
    if (rule === "" || start === "") return undefined;
    const abort = new AbortController();
    const query = { rule, start_time: start, time_zone: zone, count: shown };
    const timer = setTimeout(() => {
      records.client.get(`${task.api}:previewRecurrence`, query, abort.signal).then(
        (raw) => setTimes(decodePreviewRecurrenceResponse(raw).times),
        (failure: unknown) => {
          if (!abort.signal.aborted) setFault(fieldErrors(failure, ["rule"])["rule"] ?? "");
        },
      );
    }, hasAsked.current ? typingPause : 0);
    hasAsked.current = true;
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [records, rule, start, zone]);
  return (
    <div className="next-times" role="status" aria-label={words.preview}>
      {rule !== "" && fault === "" && <p className="rule-words">{ruleWords(rule)}</p>}
      <p className="card-part">{words.preview}</p>
      {fault !== "" && <p className="field-error">{fault}</p>}
      {times?.length === 0 && <p className="muted">{words.noMore}</p>}
      <ul>
        {times?.map((time) => (
          <li key={time}>
            <NextTime time={time} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function NextTime({ time }: { time: string }) {
  return <>{useClock((now) => dueText(time, now))}</>;
}
