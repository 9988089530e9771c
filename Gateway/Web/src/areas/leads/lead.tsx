import { decodeLead, type Lead, leadSchema } from "../../core/api.generated";
import { me } from "../../core/conditions";
import { type Field, type Fields, fieldsOf } from "../../core/fields";
import type { ListState } from "../../core/listState";
import { noConditions } from "../../core/listState";
import type { Rec, RecordKind, Viewer } from "../../core/recordKind";
import { NameAndCompany, PhoneNumber, Score } from "./cells";

const declared = fieldsOf(leadSchema);
/** The service gives each lead a status; from then on it has one. */
const changed: Readonly<Record<string, Partial<Field>>> = {
  status: { required: true },
};
const fields: Fields = new Map(
  [...declared].map(([name, each]) => [name, { ...each, ...changed[name] }]),
);

function field(name: keyof Lead): Field {
  const found = fields.get(name);
  if (found === undefined) throw new Error(`a lead has no field ${name}`);
  return found;
}

/** A record of this kind with the types of its fields. */
export function asLead(record: Rec): Lead {
  return record as unknown as Lead;
}

/** What people call a lead. */
export function leadName(record: Rec): string {
  return asLead(record).display_name || "Lead without a name";
}

function firstList(viewer: Viewer): ListState {
  const list = { query: "", columns: null, isBoard: false, view: "", open: "" };
  if (viewer.role !== "rep") {
    return { ...list, conditions: noConditions, sort: { field: "create_time", falling: true } };
  }
  const own = new Map([["owner_id", { is: "oneOf", values: [me] } as const]]);
  return { ...list, conditions: own, sort: { field: "score", falling: true } };
}

export const lead: RecordKind = {
  object: "lead",
  prefix: "lead",
  one: "lead",
  many: "leads",
  api: "/api/v1/leads",
  rows: "leads",
  body: "lead",
  address: "/leads",
  fields,
  decode: (raw) => decodeLead(raw) as unknown as Rec,
  title: leadName,
  titleFields: ["display_name"],
  board: field("status"),
  owner: "owner_id",
  firstList,
  columns: [
    {
      id: "name",
      title: "Name",
      width: 176,
      grow: 2,
      sort: "display_name",
      fields: ["display_name", "company_name"],
      view: (record) => <NameAndCompany record={record} />,
      isChosen: true,
    },
    {
      id: "score",
      title: "Score",
      width: 128,
      sort: "score",
      align: "end",
      fields: ["score", "band"],
      view: (record) => <Score record={record} />,
      isChosen: true,
    },
    column("status", 124),
    column("owner_id", 150, 1),
    column("last_activity_time", 122),
    {
      ...column("phone", 150),
      fields: ["phone", "phone_valid"],
      view: (record) => <PhoneNumber record={record} />,
    },
    column("email", 190, 1),
    column("source", 120),
    column("create_time", 110),
    ...(["job_title", "industry", "city", "country", "campaign", "company_size"] as const).map((name) => ({
      ...column(name, 140),
      isChosen: false,
    })),
    { ...column("annual_revenue", 140), align: "end", isChosen: false },
    { ...column("update_time", 110), isChosen: false },
  ],
  keys: [field("status"), field("owner_id")],
  groups: [
    {
      title: "Contact",
      fields: [
        field("first_name"),
        field("last_name"),
        field("email"),
        field("phone"),
        field("job_title"),
        field("preferred_contact_method"),
        field("time_zone"),
        field("do_not_email"),
        field("do_not_call"),
        field("do_not_sms"),
      ],
    },
    {
      title: "Company",
      fields: [
        field("company_name"),
        field("industry"),
        field("company_size"),
        field("annual_revenue"),
        field("website"),
      ],
    },
    {
      title: "Address",
      fields: [
        field("street_address"),
        field("postal_code"),
        field("city"),
        field("state"),
        field("country"),
      ],
    },
    { title: "Origin", fields: [field("source"), field("medium"), field("campaign")] },
    { title: "About", fields: [field("description")] },
  ],
  form: [
    [field("first_name"), field("last_name")],
    [field("company_name")],
    [field("email"), field("phone")],
    [field("source")],
  ],
  bulk: [field("owner_id"), field("status")],
  filters: [field("status"), field("owner_id"), field("band"), field("source")],
};

function column(name: keyof Lead, width: number, grow = 0) {
  const { label, sortable } = field(name);
  return {
    id: name,
    title: label,
    width,
    grow,
    ...(sortable === true ? { sort: name } : {}),
    fields: [name],
    isChosen: true,
  };
}
