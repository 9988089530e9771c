/** Which screen an address names. */
export type Route =
  | { screen: "leads"; search: string }
  | { screen: "lead"; id: string }
  | { screen: "imports" }
  | { screen: "newImport" }
  | { screen: "import"; id: string }
  | { screen: "settings"; section: SettingsSection }
  | { screen: "unknown" };

export const settingsSections = ["members", "statuses", "scoring"] as const;
export type SettingsSection = (typeof settingsSections)[number];

export function routeOf(pathname: string, search: string): Route {
  const [first, second, ...rest] = pathname.split("/").filter((part) => part !== "").map(decoded);
  if (rest.length > 0) return { screen: "unknown" };
  switch (first) {
    case undefined:
    case "login":
      return second === undefined ? { screen: "leads", search: "" } : { screen: "unknown" };
    case "leads":
      return second === undefined ? { screen: "leads", search } : { screen: "lead", id: second };
    case "imports":
      if (second === undefined) return { screen: "imports" };
      return second === "new" ? { screen: "newImport" } : { screen: "import", id: second };
    case "settings": {
      const section = settingsSections.find((each) => each === (second ?? "members"));
      return section === undefined ? { screen: "unknown" } : { screen: "settings", section };
    }
    default:
      return { screen: "unknown" };
  }
}

export function leadAddress(id: string): string {
  return `/leads/${encodeURIComponent(id)}`;
}

export function importAddress(id: string): string {
  return `/imports/${encodeURIComponent(id)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
