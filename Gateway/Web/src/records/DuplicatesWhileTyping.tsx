import { useEffect, useState } from "react";
import { useWorkspace } from "../app/workspace";
import * as json from "../core/json";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { words } from "../words/duplicates";

const typingPause = 250;

/** A record that resembles what is typed. */
export interface Alike {
  kind: RecordKind;
  id: string;
  name: string;
  /** What both have in common, as the API calls it: "email". */
  by: string;
}

/** What a response has besides records of the kind itself. */
export interface Relatives {
  found: readonly Alike[];
  /** Whether some could not be compared. */
  isPartial: boolean;
}

interface Props {
  kind: RecordKind;
  /** What was typed so far. */
  values: Readonly<Record<string, unknown>>;
  /** The fields that the service compares. */
  compared: readonly string[];
  /** Those of which at least one must be filled before the service is asked. */
  enough: readonly string[];
  /** Reads which other records the new one may be about; absent if there are none. */
  relatives?: (answer: json.Fields) => Relatives;
}

interface Found extends Relatives {
  matches: readonly Alike[];
}

const nothing: Found = { matches: [], found: [], isPartial: false };
const noRelatives = (): Relatives => nothing;

/** Existing records that the new one may duplicate, while it is typed. */
export function DuplicatesWhileTyping({ kind, values, compared, enough, relatives = noRelatives }: Props) {
  const { api } = useWorkspace();
  const [{ matches, found, isPartial }, setFound] = useState(nothing);
  const given = typedValues(values, compared);
  const asked = enough.some((name) => given[name] !== undefined) ? JSON.stringify(given) : "";
  useEffect(() => {
    if (asked === "") {
      setFound(nothing);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const body = { [kind.body]: JSON.parse(asked) as unknown };
      api.client.post(`${kind.api}:checkDuplicates`, body, { signal: abort.signal }).then(
        (raw) => {
          const answer = json.object(raw);
          const those = json.list(answer["matches"], (each) => readMatch(kind, each));
          setFound({ ...relatives(answer), matches: those });
        },
        // This is only a help: errors of the form are reported when it is sent.
        () => undefined,
      );
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, kind, asked, relatives]);

  return (
    <div role="status" aria-label={words.title}>
      {matches.length > 0 && (
        <div className="form-note">
          <p>{words.found(kind, matches.length)}</p>
          <AlikeList those={matches} says={({ by }) => words.same[by] ?? ""} />
        </div>
      )}
      {(found.length > 0 || isPartial) && (
        <div className="form-note">
          {found.length > 0 && <p>{words.about}</p>}
          <AlikeList those={found} says={(each) => words.of(each.kind, words.same[each.by] ?? "")} />
          {isPartial && <p>{words.unknown}</p>}
        </div>
      )}
    </div>
  );
}

function AlikeList({ those, says }: { those: readonly Alike[]; says: (each: Alike) => string }) {
  if (those.length === 0) return null;
  return (
    <ul className="relatives">
      {those.map((each) => (
        <li key={each.id}>
          <a href={recordAddress(each.kind, each.id)} target="_blank" rel="noreferrer noopener">
            <bdi>{each.name}</bdi>
          </a>{" "}
          <span className="muted">{says(each)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The compared values of a form, as far as they are typed. */
export function typedValues(
  values: Readonly<Record<string, unknown>>,
  compared: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    compared.flatMap((name) => {
      const text = String(values[name] ?? "").trim();
      return text === "" ? [] : [[name, text]];
    }),
  );
}

function readMatch(kind: RecordKind, raw: unknown): Alike {
  const from = json.object(raw);
  const record = kind.decode(from[kind.body]);
  return { kind, id: record.id, name: kind.title(record), by: json.text(from["matched_by"]) };
}
