import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { listedFields, type Rec, recordAddress } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { asLead, lead, leadName } from "./lead";
import { words } from "../../words/leads";

/** The lead this one repeats, and those that repeat it. */
export function Duplicates({ record }: { record: Rec }) {
  const { records, store } = useWorkspace();
  const { id, duplicate_of: original } = asLead(record);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const filter = isOneOf("duplicate_of", [id]);
      const search = { filter, query: "", orderBy: "create_time" };
      const [first, later] = await Promise.all([
        original === "" ? null : records.get(lead, original, signal).catch(() => null),
        records.list(lead, search, listedFields(lead), { token: "" }, signal),
      ]);
      const repeats = later.ids.flatMap((each) => store.get(each) ?? []);
      return { first, repeats };
    },
    [records, store, id, original],
  );
  const { value } = useLoaded(load);
  if (value === null || (original === "" && value.repeats.length === 0)) return null;
  return (
    <Section title={words.duplicates.title}>
      {original !== "" && (
        <p>
          {words.duplicates.repeats}{" "}
          <Link to={recordAddress(lead, original)}>
            <bdi>{value.first === null ? words.duplicates.older : leadName(value.first)}</bdi>
          </Link>
        </p>
      )}
      {value.repeats.length > 0 && (
        <>
          <p>{words.duplicates.repeatedBy}</p>
          <ul className="relatives">
            {value.repeats.map((each) => (
              <li key={each.id}>
                <Link to={recordAddress(lead, each.id)}>
                  <bdi>{leadName(each)}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
