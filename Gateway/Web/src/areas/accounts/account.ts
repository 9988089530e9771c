import { type Account, accountSchema, decodeAccount } from "../../core/api.generated";
import { type Rec, recordKind } from "../../core/recordKind";
import { words } from "../../words/accounts";

/** A record of this kind with the types of its fields. */
export function asAccount(record: Rec): Account {
  return record as unknown as Account;
}

export const account = recordKind<Account>({
  object: "account",
  one: words.one,
  many: words.many,
  schema: accountSchema,
  decode: decodeAccount,
  owner: "owner_id",
  team: "team_id",
  // Archived ones are out of daily work.
  firstList: () => ({ conditions: new Map([["archived", { is: "oneOf", values: ["no"] }]]) }),
  columns: [
    { id: "name", width: 190 },
    { id: "type", width: 110 },
    { id: "lifecycle", width: 110 },
    {
      id: "health_score",
      title: words.health,
      width: 110,
      fields: ["health_score", "health"],
    },
    "owner_id",
    "phone",
    { id: "industry", width: 130 },
    { id: "employees", width: 100 },
    ...(["website", "domains", "parent_id", "annual_revenue", "team_id", "archived", "create_time", "update_time"] as const).map(
      (id) => ({ id, width: 140, grow: 0, isChosen: false }),
    ),
  ],
  keys: ["type", "lifecycle", "owner_id", "team_id"],
  groups: [
    { title: words.groups.company, fields: ["name", "parent_id", "industry", "employees", "annual_revenue"] },
    { title: words.groups.reach, fields: ["website", "phone", "domains"] },
    { title: words.groups.about, fields: ["description"] },
  ],
  form: [["name"], ["type", "industry"], ["website", "phone"], ["parent_id"]],
  bulk: ["owner_id", "team_id", "type", "lifecycle"],
  filters: ["type", "lifecycle", "health", "owner_id", "archived"],
});
