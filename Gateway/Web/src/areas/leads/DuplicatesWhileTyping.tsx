import { useEffect, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { decodeLead } from "../../core/api.generated";
import * as json from "../../core/json";
import { type Rec, recordAddress } from "../../core/recordKind";
import { lead, leadName } from "./lead";
import { words } from "../../words/leads";

const typingPause = 250;
const compared = ["email", "phone", "first_name", "last_name", "company_name"];

interface Match {
  record: Rec;
  by: string;
}

/** Leads that one may be about to make again, while one types. */
export function DuplicatesWhileTyping({ values }: { values: Readonly<Record<string, unknown>> }) {
  const { api } = useWorkspace();
  const [matches, setMatches] = useState<readonly Match[]>([]);
  const given = Object.fromEntries(
    compared.flatMap((name) => {
      const text = String(values[name] ?? "").trim();
      return text === "" ? [] : [[name, text]];
    }),
  );
  const asked = JSON.stringify(given);
  useEffect(() => {
    const { email, phone } = JSON.parse(asked) as Record<string, string>;
    if (email === undefined && phone === undefined) {
      setMatches([]);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const body = { lead: JSON.parse(asked) as unknown };
      api.client
        .post("/api/v1/leads:checkDuplicates", body, { signal: abort.signal })
        .then(
          (raw) => setMatches(json.list(json.object(raw)["matches"], readMatch)),
          // It is a help: what is wrong with the form is said when it is sent.
          () => undefined,
        );
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, asked]);

  return (
    <div role="status" aria-label={words.duplicates.title}>
      {matches.length > 0 && (
        <div className="form-note">
          <p>{words.duplicates.found(matches.length)}</p>
          <ul className="relatives">
            {matches.map(({ record, by }) => (
              <li key={record.id}>
                <a href={recordAddress(lead, record.id)} target="_blank" rel="noreferrer noopener">
                  <bdi>{leadName(record)}</bdi>
                </a>{" "}
                <span className="muted">
                  {by === "email" ? words.duplicates.sameEmail : words.duplicates.samePhone}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function readMatch(raw: unknown): Match {
  const from = json.object(raw);
  return { record: decodeLead(from["lead"]) as unknown as Rec, by: json.text(from["matched_by"]) };
}
