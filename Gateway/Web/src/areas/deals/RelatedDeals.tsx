import { useWorkspace } from "../../app/workspace";
import { formatMoney } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { RelatedList } from "../../records/RelatedList";
import { words } from "../../words/deals";
import { asDeal, deal } from "./deal";

/** The deals that meet a condition, with their stages and amounts. */
export function RelatedDeals({ filter, by }: { filter: string; by: string }) {
  const detail = (record: Rec) => <StageAndAmount record={record} />;
  return <RelatedList kind={deal} title={words.screen} filter={filter} by={by} detail={detail} />;
}

function StageAndAmount({ record }: { record: Rec }) {
  const { names } = useWorkspace().directory;
  const { stage, pipeline_id, amount } = asDeal(record);
  const name = names.entry("stage", stage, pipeline_id);
  return <>{amount === null ? name : `${name} · ${formatMoney(amount, names.money)}`}</>;
}
