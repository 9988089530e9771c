import type { Option } from "./options";
import { words } from "../words/importSources";

/** The name of no system. */
export const noSystem = "csv";

/** The systems that a file can come from, and its present one, whichever that is. */
export function sourceOptions(present: string): readonly Option[] {
  const own = present === "" || present === noSystem || words.known[present] !== undefined ? [] : [present];
  return [
    { value: noSystem, label: words.none },
    ...Object.entries(words.known).map(([value, label]) => ({ value, label })),
    ...own.map((value) => ({ value, label: value })),
  ];
}
