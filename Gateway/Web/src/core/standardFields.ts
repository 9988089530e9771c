// The fields that every record of the API has beside its id and etag, whatever it is (AIP-148). No others are
// named in what screens share.

/** When it was made. */
export const createTime = "create_time";

/** Who did what a moment tells of, by the moment's field. */
const authors: Readonly<Record<string, string>> = { [createTime]: "created_by", update_time: "updated_by" };

const standard = new Set([...Object.keys(authors), ...Object.values(authors)]);

/** The field that says who did what a moment tells of; undefined where none does. */
export function authorOf(moment: string): string | undefined {
  return Object.hasOwn(authors, moment) ? authors[moment] : undefined;
}

/** Whether every record has a field, and the service sets it with each change. */
export function isStandard(field: string): boolean {
  return standard.has(field);
}
