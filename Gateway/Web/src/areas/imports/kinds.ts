import { type Field, fieldsOf } from "../../core/fields";
import type { ImportedKind } from "../../core/importMapping";
import { words as addresses } from "../../words/accountScreens";
import { account } from "../accounts/account";
import "../accounts/rules";
import { contact } from "../contacts/contact";
import "../contacts/rules";
import { deal } from "../deals/deal";
import "../deals/rules";
import { lead } from "../leads/lead";
import "../tasks/rules";
import { task } from "../tasks/task";

// The kinds of records that can be imported.

const { names, parts } = addresses.addresses;

/** The parts of an account's addresses, each of which a column can fill. */
const addressParts: readonly Field[] = Object.entries(names).flatMap(([address, called]) =>
  Object.entries(parts).flatMap(([part, label]) => {
    const about = { label: addresses.addresses.part(called, label), type: "text" as const };
    return [...fieldsOf({ [`${address}.${part}`]: about }).values()];
  }),
);

const ofLeads: ImportedKind = {
  kind: lead,
  service: "leads",
  names: ["owner_id"],
  joined: "description",
  // Any name will do.
  needs: [
    ["last_name", "company_name", "first_name", "name"],
    ["email", "phone"],
  ],
  adds: { fields: ["status", "source"], needs: "lead_status.create" },
};

export const importedKinds: readonly ImportedKind[] = [
  ofLeads,
  {
    kind: account,
    service: "records",
    names: ["parent_id", "owner_id"],
    parts: addressParts,
    joined: "description",
  },
  {
    kind: contact,
    service: "records",
    names: ["account_id", "reports_to_id", "owner_id"],
    joined: "description",
    needs: [["last_name", "first_name", "name"]],
  },
  {
    kind: deal,
    service: "records",
    names: ["account_id", "pipeline_id", "owner_id"],
    joined: "description",
    // A deal without a name is named after its account and its id.
    needs: [["name", "account_id"]],
    isCalledByItsId: true,
  },
  {
    kind: task,
    service: "tasks",
    names: ["project_id", "parent_id", "owner_id"],
    joined: "description",
  },
];

/** The kind of an import's records. */
export function importedKind(object: string): ImportedKind {
  return importedKinds.find(({ kind }) => kind.object === object) ?? ofLeads;
}
