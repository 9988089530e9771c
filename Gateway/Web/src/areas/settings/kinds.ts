import {
  decodeLeadSource,
  decodeLeadStatus,
  decodeMember,
  decodeScoringRule,
  leadSourceSchema,
  leadStatusSchema,
  memberSchema,
  scoringRuleSchema,
} from "../../core/api.generated";
import { fieldsOf } from "../../core/fields";
import type { FieldDescription } from "../../core/json";
import { noConditions } from "../../core/listState";
import type { Rec, RecordKind } from "../../core/recordKind";

// The records that settings are made of. They have tables of their own and no list screen.

interface Basics {
  object: string;
  one: string;
  many: string;
  path: string;
  address: string;
  schema: { readonly [name: string]: FieldDescription };
  decode: (raw: unknown) => unknown;
}

function setting({ object, one, many, path, address, schema, decode }: Basics): RecordKind {
  const fields = fieldsOf(schema);
  const name = fields.get("display_name");
  return {
    object,
    prefix: object,
    one,
    many,
    api: `/api/v1/${path}`,
    rows: path.replace(/-/g, "_"),
    body: object,
    address,
    fields,
    decode: (raw) => decode(raw) as Rec,
    title: (record) => String(record["display_name"] ?? ""),
    titleFields: ["display_name"],
    columns: [],
    keys: [],
    groups: [],
    form: [],
    bulk: [],
    filters: [],
    board: null,
    owner: "",
    firstList: () => ({
      query: "",
      conditions: noConditions,
      sort: { field: name?.name ?? "id", falling: false },
      columns: null,
      isBoard: false,
      view: "",
      open: "",
    }),
  };
}

export const leadStatus = setting({
  object: "lead_status",
  one: "status",
  many: "statuses",
  path: "lead-statuses",
  address: "/settings/statuses",
  schema: leadStatusSchema,
  decode: decodeLeadStatus,
});

export const leadSource = setting({
  object: "lead_source",
  one: "source",
  many: "sources",
  path: "lead-sources",
  address: "/settings/sources",
  schema: leadSourceSchema,
  decode: decodeLeadSource,
});

export const scoringRule = setting({
  object: "scoring_rule",
  one: "rule",
  many: "rules",
  path: "scoring-rules",
  address: "/settings/scoring",
  schema: scoringRuleSchema,
  decode: decodeScoringRule,
});

export const member = setting({
  object: "member",
  one: "member",
  many: "members",
  path: "members",
  address: "/settings/members",
  schema: memberSchema,
  decode: decodeMember,
});
