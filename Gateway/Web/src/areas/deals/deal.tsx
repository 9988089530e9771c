import { type Deal, dealSchema, decodeDeal } from "../../core/api.generated";
import { me } from "../../core/conditions";
import { type Conditions, type ListState, type ShownAs, withCondition } from "../../core/listState";
import { type Rec, type RecordKind, recordKind, type Viewer } from "../../core/recordKind";
import { words } from "../../words/deals";
import { NameAndAccount } from "./cells";

/** A record of this kind with the types of its fields. */
export function asDeal(record: Rec): Deal {
  return record as unknown as Deal;
}

/** Whether a deal is won or lost: it leaves its stage only by being reopened. */
export function isClosed(record: Rec): boolean {
  return ["won", "lost"].includes(asDeal(record).status);
}

/** The board, for a rep with their own deals; in a table, those that close soonest come first. */
function firstList(viewer: Viewer): Partial<ListState> {
  const sort = { field: "expected_close_date", falling: false };
  if (viewer.role !== "rep") return { sort, as: "board" };
  return { sort, as: "board", conditions: new Map([["owner_id", { is: "oneOf", values: [me] }]]) };
}

/** A table shows open deals unless the member filters otherwise; a board has columns for closed ones, too. */
function turned({ conditions, query }: ListState, as: ShownAs): Conditions {
  const status = conditions.get("status");
  if (as === "board") {
    const isOpen = status?.is === "oneOf" && status.values.join() === "open";
    return isOpen ? withCondition(conditions, "status", null) : conditions;
  }
  const isSaid = query.trim() !== "" || ["status", "stage", "close_date"].some((name) => conditions.has(name));
  return isSaid ? conditions : withCondition(conditions, "status", { is: "oneOf", values: ["open"] });
}

export const deal: RecordKind = recordKind<Deal>({
  object: "deal",
  one: words.one,
  many: words.many,
  schema: dealSchema,
  decode: decodeDeal,
  // The service sets these in each deal.
  filled: ["pipeline_id", "stage"],
  lists: {
    pipeline_id: { picklist: "pipeline" },
    stage: { picklist: "stage", within: "pipeline_id" },
  },
  owner: "owner_id",
  team: "team_id",
  board: "stage",
  firstList,
  turned,
  // A closed deal can leave its stage in no other way.
  takeBack: (records, present, field, before) =>
    field === "stage" && asDeal(present).status !== "open"
      ? records.verb(deal, present.id, "reopen", { stage: before, etag: present.etag })
      : null,
  columns: [
    {
      id: "name",
      width: 220,
      grow: 2,
      fields: ["name", "account_id"],
      view: (record) => <NameAndAccount record={record} />,
    },
    { id: "amount", width: 120 },
    { id: "stage", width: 124, fields: ["stage", "pipeline_id"] },
    "owner_id",
    { id: "expected_close_date", fields: ["expected_close_date", "status"] },
    { id: "probability", width: 100 },
    "last_activity_time",
    ...(
      [
        "pipeline_id",
        "status",
        "weighted_amount",
        "revenue_type",
        "annual_amount",
        "forecast_category",
        "start_date",
        "close_date",
        "next_step",
        "competitor",
        "win_reason",
        "loss_reason",
        "team_id",
        "create_time",
        "update_time",
      ] as const
    ).map((id) => ({ id, width: 130, grow: 0, isChosen: false })),
  ],
  keys: ["amount", "expected_close_date", "probability", "owner_id", "team_id"],
  groups: [
    {
      title: words.groups.sale,
      fields: [
        "name",
        "account_id",
        "pipeline_id",
        "revenue_type",
        "annual_amount",
        "weighted_amount",
        "probability_reason",
      ],
    },
    { title: words.groups.work, fields: ["next_step", "competitor", "start_date", "lead_id"] },
    { title: words.groups.outcome, fields: ["status", "forecast_category", "close_date", "win_reason", "loss_reason"] },
    { title: words.groups.about, fields: ["description"] },
  ],
  form: [["name"], ["account_id"], ["amount"], ["expected_close_date", "pipeline_id"]],
  bulk: ["owner_id", "team_id", "expected_close_date"],
  filters: ["stage", "owner_id", "status", "expected_close_date"],
});
