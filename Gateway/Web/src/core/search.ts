import type { FoundGroup } from "./api.generated";
import { fieldText, type Names } from "./fieldText";
import type { RecordKind } from "./recordKind";

/** Records of one kind that were found. */
export interface FoundKind {
  kind: RecordKind;
  records: readonly FoundRecord[];
  /** Whether the kind's list has more of them. */
  more: boolean;
}

export interface FoundRecord {
  id: string;
  title: string;
  /** The subtitle; "" for none. */
  detail: string;
}

/**
 * The found records of kinds that have screens here, in the order of the response.
 *
 * @param path - of the present screen: the kind on it comes first
 */
export function foundKinds(
  groups: readonly FoundGroup[],
  kindOf: (object: string) => RecordKind | undefined,
  names: Names,
  path = "",
): readonly FoundKind[] {
  const all = groups.flatMap(({ object, records, more, subtitle_fields }) => {
    const kind = kindOf(object);
    if (kind === undefined) return [];
    const [name = "", ...others] = subtitle_fields;
    const field = others.length === 0 ? kind.fields.get(name) : undefined;
    const found = records.map(({ id, title, subtitle }) => ({
      id,
      title: title || kind.title({ id, etag: "" }),
      detail: field === undefined ? subtitle : fieldText(field, subtitle, names),
    }));
    return [{ kind, records: found, more }];
  });
  const isHere = ({ kind }: FoundKind) => path === kind.address || path.startsWith(`${kind.address}/`);
  return [...all.filter(isHere), ...all.filter((each) => !isHere(each))];
}
