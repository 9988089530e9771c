import { useEffect, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { wordsOf } from "../../core/fields";
import * as json from "../../core/json";
import { fieldErrors } from "../../core/problem";
import { words as all } from "../../words/settings";

const words = all.preview;

interface Props {
  /** "" for a new rule. */
  id: string;
  condition: string;
  points: number;
  active: boolean;
}

interface Preview {
  matching: number;
  considered: number;
  isWhole: boolean;
  changes: { from: string; to: string; count: number }[];
}

const typingPause = 500;

/** How many leads a rule matches, and how many would change band, before it is saved. */
export function RulePreview({ id, condition, points, active }: Props) {
  const { api } = useWorkspace();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [fault, setFault] = useState("");
  const isAsked = condition !== "" && Number.isInteger(points) && points !== 0;
  useEffect(() => {
    setPreview(null);
    setFault("");
    if (!isAsked) return undefined;
    const abort = new AbortController();
    const rule = { ...(id === "" ? {} : { id }), display_name: words.name, condition, points, active };
    const timer = setTimeout(() => {
      api.client
        .post("/api/v1/scoring-rules:preview", { scoring_rule: rule }, { signal: abort.signal })
        .then(
          (raw) => setPreview(readPreview(raw)),
          (failure: unknown) => setFault(fieldErrors(failure, ["condition"])["condition"] ?? ""),
        );
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, id, condition, points, active, isAsked]);

  const changing = preview?.changes.reduce((sum, each) => sum + each.count, 0) ?? 0;
  return (
    <div className="rule-preview" role="status" aria-label={words.name}>
      {fault !== "" && <p className="field-error">{fault}</p>}
      {preview !== null && (
        <>
          <p>{words.matching(preview.matching, preview.considered, preview.isWhole, changing)}</p>
          <ul>
            {preview.changes.map(({ from, to, count }) => (
              <li key={`${from} ${to}`} className="muted">
                {words.change(count, wordsOf(from), wordsOf(to))}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function readPreview(raw: unknown): Preview {
  const from = json.object(raw);
  const count = (value: unknown) => Number(value ?? 0);
  return {
    matching: count(from["matching"]),
    considered: count(from["leads_considered"]),
    isWhole: json.flag(from["considered_all"]),
    changes: json.list(from["changes"], (each) => {
      const change = json.object(each);
      return {
        from: json.text(change["from_band"]),
        to: json.text(change["to_band"]),
        count: count(change["count"]),
      };
    }),
  };
}
