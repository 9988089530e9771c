import { useEffect, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import type { Rescoring } from "../../core/types";
import { Time } from "../../parts/Time";
import { words as all } from "../../words/settings";

const words = all.scoring;

const pollEvery = 700;

/** The progress of rescoring all leads, from when this is first shown to its end. */
export function RescoringProgress() {
  const { api } = useWorkspace();
  const [state, setState] = useState<Rescoring | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const ask = () => {
      api.rescoring(abort.signal).then(
        (present) => {
          setState(present);
          if (present.running) timer = window.setTimeout(ask, pollEvery);
        },
        () => {
          if (!abort.signal.aborted) timer = window.setTimeout(ask, 5 * pollEvery);
        },
      );
    };
    ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api]);

  return (
    <p className="rescoring" role="status">
      {state?.running &&
        words.running(formatInt64(state.leads_done), formatInt64(state.leads_changed))}
      {state !== null && !state.running && state.end_time !== "" && (
        <span className="muted">
          {words.ended} <Time at={state.end_time} />
          {words.outcome(formatInt64(state.leads_done), formatInt64(state.leads_changed))}
        </span>
      )}
    </p>
  );
}
