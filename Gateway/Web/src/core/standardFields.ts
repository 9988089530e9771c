// The fields that every record of the API has besides its id and etag, whatever it is (AIP-148). What screens share
// names no other fields.

/** When it was made. */
export const createTime = "create_time";

/** The author of what a time is about, by the time's field. */
const authors: Readonly<Record<string, string>> = { [createTime]: "created_by", update_time: "updated_by" };

const standard = new Set([...Object.keys(authors), ...Object.values(authors)]);

/** The field with the author of what a time is about; undefined if there is none. */
export function authorOf(moment: string): string | undefined {
  return Object.hasOwn(authors, moment) ? authors[moment] : undefined;
}

/** Whether every record has a field and the service sets it with each change. */
export function isStandard(field: string): boolean {
  return standard.has(field);
}
