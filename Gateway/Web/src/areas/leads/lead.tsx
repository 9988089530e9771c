import { decodeLead, type Lead, leadSchema } from "../../core/api.generated";
import { me } from "../../core/conditions";
import type { ListState } from "../../core/listState";
import { type Rec, recordKind, type Viewer } from "../../core/recordKind";
import { NameAndCompany, PhoneNumber, Score } from "./cells";
import { words } from "../../words/leads";

/** A record of this kind with the types of its fields. */
export function asLead(record: Rec): Lead {
  return record as unknown as Lead;
}

/** The name of a lead. */
export function leadName(record: Rec): string {
  return asLead(record).display_name || words.withoutName;
}

/** A rep starts with their own leads, the most promising first; others with the newest. */
function firstList(viewer: Viewer): Partial<ListState> {
  if (viewer.role !== "rep") return { sort: { field: "create_time", falling: true } };
  return {
    conditions: new Map([["owner_id", { is: "oneOf", values: [me] }]]),
    sort: { field: "score", falling: true },
  };
}

export const lead = recordKind<Lead>({
  object: "lead",
  one: words.one,
  many: words.many,
  schema: leadSchema,
  decode: decodeLead,
  // The service sets a status, and the lifecycle stage that goes with it.
  filled: ["status", "lifecycle_stage"],
  lists: { substatus: { picklist: "lead_substatus", within: "status" } },
  title: leadName,
  titleFields: ["display_name"],
  owner: "owner_id",
  team: "team_id",
  board: "status",
  movesAlong: { status: ["substatus", "lifecycle_stage"] },
  locked: (record) => (asLead(record).converted ? words.converted : ""),
  firstList,
  columns: [
    {
      id: "name",
      title: words.name,
      width: 176,
      grow: 2,
      sort: "display_name",
      fields: ["display_name", "company_name", "converted"],
      view: (record) => <NameAndCompany record={record} />,
    },
    {
      id: "score",
      width: 128,
      fields: ["score", "band"],
      view: (record) => <Score record={record} />,
    },
    { id: "status", width: 124 },
    "owner_id",
    "last_activity_time",
    {
      id: "phone",
      fields: ["phone", "phone_valid"],
      view: (record) => <PhoneNumber record={record} />,
    },
    "email",
    { id: "source", width: 120 },
    { id: "create_time", width: 110 },
    ...(["job_title", "industry", "city", "country", "campaign", "company_size", "annual_revenue"] as const).map(
      (id) => ({ id, width: 140, grow: 0, isChosen: false }),
    ),
    { id: "substatus", width: 140, isChosen: false },
    { id: "lifecycle_stage", width: 150, isChosen: false },
    ...(["team_id", "return_date", "disqualification_reason"] as const).map((id) => ({ id, width: 140, isChosen: false })),
    { id: "update_time", width: 110, isChosen: false },
  ],
  keys: ["status", "owner_id", "team_id"],
  groups: [
    {
      title: words.groups.contact,
      fields: [
        "first_name",
        "last_name",
        "email",
        "phone",
        "job_title",
        "preferred_contact_method",
        "time_zone",
        "do_not_email",
        "do_not_call",
        "do_not_sms",
      ],
    },
    { title: words.groups.company, fields: ["company_name", "industry", "company_size", "annual_revenue", "website"] },
    { title: words.groups.address, fields: ["street_address", "postal_code", "city", "state", "country"] },
    { title: words.groups.progress, fields: ["substatus", "lifecycle_stage"] },
    { title: words.groups.origin, fields: ["source", "medium", "campaign"] },
    { title: words.groups.about, fields: ["description"] },
  ],
  needs: [
    ["last_name", "company_name"],
    ["email", "phone"],
  ],
  form: [
    ["first_name", "last_name"],
    ["company_name"],
    ["email", "phone"],
    ["source", "lifecycle_stage"],
    ["status", "substatus"],
  ],
  bulk: ["owner_id", "status"],
  filters: ["status", "owner_id", "band", "source"],
});
