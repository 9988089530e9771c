import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { leadName } from "../../core/leadFields";
import { leadAddress } from "../../core/route";
import type { Lead } from "../../core/types";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";

/** The lead this one repeats, and those that repeat it. */
export function Duplicates({ lead }: { lead: Lead }) {
  const { api } = useWorkspace();
  const { id, duplicate_of: original } = lead;
  const load = useCallback(
    async (signal: AbortSignal) => {
      const filter = isOneOf("duplicate_of", [id]);
      const search = { filter, query: "", orderBy: "create_time" };
      const [first, later] = await Promise.all([
        original === "" ? null : api.lead(original, signal).catch(() => null),
        api.leads(search, "", signal),
      ]);
      return { first, later: later.rows };
    },
    [api, id, original],
  );
  const { value } = useLoaded(load);
  if (value === null || (original === "" && value.later.length === 0)) return null;
  return (
    <Section title="Duplicates">
      {original !== "" && (
        <p>
          Repeats{" "}
          <Link to={leadAddress(original)}>
            {value.first === null ? "an older lead" : leadName(value.first)}
          </Link>
        </p>
      )}
      {value.later.length > 0 && (
        <>
          <p>Repeated by</p>
          <ul className="relatives">
            {value.later.map((each) => (
              <li key={each.id}>
                <Link to={leadAddress(each.id)}>{leadName(each)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
