import type { Condition } from "../../core/conditions";
import type { Conditions } from "../../core/listState";

/** Which notifications a list has, by how they stand. */
export const tabs = ["unread", "all", "archived"] as const;

export type Tab = (typeof tabs)[number];

const conditionsOf: Readonly<Record<Tab, readonly [string, Condition]>> = {
  unread: ["state", { is: "oneOf", values: ["unread"] }],
  all: ["archived", { is: "oneOf", values: ["no"] }],
  archived: ["archived", { is: "oneOf", values: ["yes"] }],
};

/** The tab that conditions mean; those of none are in "all". */
export function tabOf(conditions: Conditions): Tab {
  const has = (name: string, value: string) => {
    const condition = conditions.get(name);
    return condition?.is === "oneOf" && condition.values.join() === value;
  };
  if (has("archived", "yes") || has("state", "archived")) return "archived";
  return has("state", "unread") ? "unread" : "all";
}

/** The other conditions. */
export function besidesTab(conditions: Conditions): Conditions {
  return new Map([...conditions].filter(([name]) => name !== "state" && name !== "archived"));
}

/** The other conditions in a tab. */
export function withTab(conditions: Conditions, tab: Tab): Conditions {
  return new Map([conditionsOf[tab], ...besidesTab(conditions)]);
}
