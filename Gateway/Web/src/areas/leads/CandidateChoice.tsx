import { useCallback, useId } from "react";
import { useWorkspace } from "../../app/workspace";
import { another, made } from "../../core/conversion";
import * as json from "../../core/json";
import type { Option } from "../../core/options";
import { Combobox } from "../../parts/Combobox";
import { words } from "../../words/conversion";

interface Candidate {
  id: string;
  name: string;
  matched_by: string;
  /** What distinguishes it from others with its name; "" is left out. */
  details: readonly string[];
}

interface Props {
  object: "account" | "contact";
  candidates: readonly Candidate[];
  /** The name that a new one would get. */
  newName: string;
  /** A note about the chosen one; "" for none. */
  note?: string;
  /** An id, or what `core/conversion` has for a new one and another one. */
  chosen: string;
  /** The record that was searched for. */
  found: string;
  error: string | undefined;
  onChoose: (chosen: string) => void;
  onFind: (id: string) => void;
}

const about = {
  account: {
    title: words.account,
    other: words.anotherAccount,
    find: words.findAccount,
    api: "/api/v1/accounts",
    rows: "accounts",
    name: "name",
    besides: "domains",
    // Nothing new can refer to an archived record.
    filter: "!archived",
  },
  contact: {
    title: words.contact,
    other: words.anotherContact,
    find: words.findContact,
    api: "/api/v1/contacts",
    rows: "contacts",
    name: "display_name",
    besides: "email",
    filter: "",
  },
} as const;

/** A record that a lead may be about, a new one, or another one that is searched for. */
export function CandidateChoice(props: Props) {
  const { object, candidates, newName, note = "", chosen, found, error, onChoose, onFind } = props;
  const { title, other, find } = about[object];
  const options = useOptionsOf(object);
  const id = useId();
  const radio = (value: string) => (
    <input
      type="radio"
      name={id}
      checked={chosen === value}
      aria-invalid={error !== undefined && chosen === value ? true : undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      onChange={() => onChoose(value)}
    />
  );
  return (
    <fieldset className="choice-list">
      <legend>{title}</legend>
      {candidates.map((candidate) => (
        <label key={candidate.id} className="check">
          {radio(candidate.id)}
          <span>
            <bdi>{candidate.name}</bdi>{" "}
            <span className="muted">{aboutOf(candidate)}</span>
          </span>
        </label>
      ))}
      <label className="check">
        {radio(made)}
        <bdi>{newName}</bdi>
      </label>
      <label className="check">
        {radio(another)}
        {other}
      </label>
      {chosen === another && <Combobox label={find} options={options} value={found} onChange={onFind} />}
      <p className="field-hint" role="status">
        {note}
      </p>
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** Why it is offered, and what distinguishes it from others with its name. */
function aboutOf({ matched_by, details }: Candidate): string {
  const known = details.filter((each) => each !== "");
  return [words.matched[matched_by] ?? matched_by, ...known].join(" · ");
}

/** Searches records by their names. */
function useOptionsOf(object: keyof typeof about) {
  const { records } = useWorkspace();
  return useCallback(
    async (text: string, signal: AbortSignal): Promise<readonly Option[]> => {
      const { api, rows, name, besides, filter } = about[object];
      const fields = `${name},${besides}`;
      const query = { query: text, filter, page_size: 20, fields, order_by: name };
      const raw = await records.client.get(api, query, signal);
      return json.list(json.object(raw)[rows], (each) => {
        const from = json.object(each);
        const details = [from[besides]].flat().map(json.text).filter((each) => each !== "");
        const option = { value: json.text(from["id"]), label: json.text(from[name]) };
        return details.length === 0 ? option : { ...option, detail: details.join(", ") };
      });
    },
    [records, object],
  );
}
