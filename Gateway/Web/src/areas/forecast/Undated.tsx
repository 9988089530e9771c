import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { all } from "../../core/cel";
import { type Condition, conditionCEL } from "../../core/conditions";
import { listOfDeals } from "../../core/forecast";
import { Link } from "../../parts/Link";
import { useAsking } from "../../records/useRecordList";
import { words } from "../../words/forecast";
import { deal } from "../deals/deal";

/** Open deals that are in no period, as nobody has said when they will be closed. */
const undated: readonly (readonly [string, Condition])[] = [
  ["status", { is: "oneOf", values: ["open"] }],
  ["expected_close_date", { is: "empty" }],
];

/**
 * How many open deals a forecast leaves out because they have no close date, with a link to them.
 *
 * @param news - changes when deals have changed
 */
export function Undated({ news }: { news: number }) {
  const { records } = useWorkspace();
  const asking = useAsking();
  const filter = all(
    undated.flatMap(([name, condition]) => {
      const field = deal.fields.get(name);
      return field === undefined ? [] : [conditionCEL(field, condition, asking)];
    }),
  );
  const load = useCallback(
    (signal: AbortSignal) => records.count(deal, filter, signal),
    [records, filter, news],
  );
  const { value } = useLoaded(load);
  return value === null ? null : <UndatedCount count={value} />;
}

export function UndatedCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="form-note">
      {words.undated.are(count)} <Link to={listOfDeals(undated)}>{words.undated.show}</Link>
    </p>
  );
}
