// What the columns of an imported file fill.

import { listed } from "./sentences";

export const words = {
  /** What a column can say besides the value of one field. */
  meanings: {
    name: "Whole name",
    middle_name: "Middle name",
    name_prefix: "Title before the name",
    name_suffix: "Suffix after the name",
    street_more: "Further line of the street",
    house_number: "House number",
    dial_code: "Dial code of the phone numbers",
    currency: "Currency of the amounts",
    create_time: "Created in the old system",
    first_contact_time: "First contact in the old system",
    last_contact_time: "Last contact in the old system",
    do_not_contact: "Yes means not to be contacted",
    may_contact: "No means not to be contacted",
    may_email: "No means not to be e-mailed",
    may_call: "No means not to be called",
    may_text: "No means not to be texted",
  },
  unfilled: (fields: readonly string[]) =>
    `No column fills ${listed(fields, "disjunction")}: every row would be refused.`,
};
