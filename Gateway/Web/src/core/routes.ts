/** The variable parts of an address by a pattern: for "/leads/:id", the id. */
export type PathParts = Readonly<Record<string, string>>;

/** The parts of a path that matches a pattern; null if it does not. */
export function matchPath(pattern: string, path: string): PathParts | null {
  const wanted = split(pattern);
  const given = split(path);
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [place, step] of wanted.entries()) {
    const part = given[place] ?? "";
    if (step.startsWith(":")) parts[step.slice(1)] = decoded(part);
    else if (step !== part) return null;
  }
  return parts;
}

/** The first of these whose pattern matches a path. */
export function findRoute<T extends { path: string }>(
  routes: readonly T[],
  path: string,
): { route: T; parts: PathParts } | null {
  for (const route of routes) {
    const parts = matchPath(route.path, path);
    if (parts !== null) return { route, parts };
  }
  return null;
}

function split(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface Home {
  /** The address of an area's first screen. */
  address: string;
  title: string;
}

/**
 * Where to go from a screen that cannot be shown: to the first screen of its own area, or else the first that
 * the member may use. Null when there is no other.
 *
 * @param address - of the screen that cannot be shown
 */
export function wayOutFrom<A extends Home>(open: readonly A[], own: A | undefined, address: string): A | null {
  const others = open.filter((area) => area.address !== address);
  return others.find((area) => area === own) ?? others[0] ?? null;
}
