import type { Entry } from "../../core/entries";
import type { Option } from "../../core/options";
import { lead } from "../leads/lead";

// The workflow that lead statuses form.

/** The statuses that may follow one. */
export function nextOptions(statuses: readonly Entry[], key: string): readonly Option[] {
  return statuses
    .filter((each) => each.key !== key)
    .map((each) => ({ value: each.key, label: each.display_name, colour: each.colour }));
}

const sums = ["bant_score", "meddicc_score"];
const always = ["status", "lifecycle_stage"];

/** The fields that a status can require. */
export const requiredOptions: readonly Option[] = [...lead.fields.values()]
  .filter(({ name, kind, readOnly }) => {
    const isSet = readOnly !== true && kind !== "flag" && kind !== "other" && !always.includes(name);
    return isSet || sums.includes(name);
  })
  .map(({ name, label }) => ({ value: name, label }));
