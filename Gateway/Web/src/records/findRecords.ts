import { kindOf } from "../app/areas";
import type { Names } from "../core/fieldText";
import type { Option } from "../core/options";
import type { RecordApi } from "../core/recordApi";
import { foundKinds } from "../core/search";
import { capital } from "../words/sentences";

/** The records of all kinds that have these words, as options under the names of their kinds. */
export async function findRecords(
  records: RecordApi,
  names: Names,
  text: string,
  signal: AbortSignal,
): Promise<readonly Option[]> {
  if (text === "") return [];
  const { groups } = await records.search(text, signal);
  return foundKinds(groups, kindOf, names).flatMap(({ kind, records: found }) =>
    found.map(({ id, title, detail }) => ({ value: id, label: title, detail, group: capital(kind.many) })),
  );
}
