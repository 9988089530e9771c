/** An option of a choice. */
export interface Option {
  /** Its value: a key or an id. */
  value: string;
  label: string;
  /** A second line, such as a person's e-mail address. */
  detail?: string;
  /** The heading of its group; options of one group are together. */
  group?: string;
  /** A dot of this colour is shown before it. */
  colour?: string;
  /** Initials are shown before it. */
  isPerson?: boolean;
  disabled?: boolean;
}

/** Options under one heading; "" for those without. */
export interface OptionGroup {
  title: string;
  options: readonly Option[];
}

/** How many options are shown at once; others are found by typing. */
export const mostOptions = 200;

/**
 * Whether every word of `text` begins a word of the option, ignoring case and accents; those
 * whose label begins with the text come first, otherwise the order stays.
 */
export function matchingOptions(options: readonly Option[], text: string): readonly Option[] {
  const wanted = folded(text).trim();
  if (wanted === "") return options;
  const parts = wanted.split(/\s+/);
  const matches = options.filter((option) => {
    const has = ` ${folded(`${option.label} ${option.detail ?? ""}`)}`;
    return parts.every((part) => beginsAWord(has, part));
  });
  const first = (option: Option) => (folded(option.label).startsWith(wanted) ? 0 : 1);
  return [...matches].sort((a, b) => first(a) - first(b));
}

/** Options by group, each group where its first option is. */
export function groupedOptions(options: readonly Option[]): readonly OptionGroup[] {
  const groups = new Map<string, Option[]>();
  for (const option of options) {
    const title = option.group ?? "";
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [option]);
    else group.push(option);
  }
  return [...groups].map(([title, each]) => ({ title, options: each }));
}

/** The option that a text names in full; undefined if none or several have that name. */
export function namedOption(options: readonly Option[], text: string): Option | undefined {
  const wanted = folded(text).trim();
  const named = options.filter((option) => folded(option.label).trim() === wanted);
  return named.length === 1 && named[0]?.disabled !== true ? named[0] : undefined;
}

/** The next option from `from` that can be chosen, wrapping around; -1 if there is none. */
export function nextOption(options: readonly Option[], from: number, step: 1 | -1): number {
  for (let tried = 1; tried <= options.length; tried += 1) {
    const place = (from + step * tried + 2 * options.length) % options.length;
    if (options[place]?.disabled !== true) return place;
  }
  return -1;
}

/** Without case, accents and direction marks. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .toLowerCase();
}

function beginsAWord(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}
