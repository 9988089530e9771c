import type { ComponentType } from "react";
import type { Entry } from "../core/entries";
import type { RecordKind } from "../core/recordKind";
import type { PathParts } from "../core/routes";
import type { IconName } from "../parts/Icon";
import { accountsArea } from "../areas/accounts/area";
import { contactsArea } from "../areas/contacts/area";
import { dealsArea } from "../areas/deals/area";
import { forecastArea } from "../areas/forecast/area";
import { importsArea } from "../areas/imports/area";
import { leadsArea } from "../areas/leads/area";
import { settingsArea } from "../areas/settings/area";
import type { words } from "../words/app";

// The screens there are. An area says everything that the frame needs to know of it: adding one is one
// line in `areas`.

/** What a screen gets of its address. */
export interface ScreenProps {
  parts: PathParts;
  search: string;
}

export interface Screen {
  /** Such as "/leads/:id"; the first that fits counts. */
  path: string;
  title: string;
  /** Shown to whoever has one of these; to all without any. */
  needs: readonly string[];
  load: () => Promise<{ default: ComponentType<ScreenProps> }>;
}

/** Makes something new from anywhere. */
export interface QuickCreate {
  label: string;
  needs: string;
  load: () => Promise<{ default: ComponentType<{ onClose: () => void }> }>;
}

/** Where the entries of a list of choices are. */
export interface Picklist {
  api: string;
  /** What an answer calls them. */
  rows: string;
  /** The entries that a row stands for, where that is not the row itself: of a pipeline, its stages. */
  entries?: (row: unknown) => readonly Entry[];
}

export interface Area {
  id: string;
  title: string;
  icon: IconName;
  /** Where it stands in the navigation. */
  group: keyof typeof words.navigation.groups;
  /** Where its entry in the navigation leads. */
  address: string;
  needs: readonly string[];
  screens: readonly Screen[];
  /** The object of another area that its screens are about: searched and made from there. */
  about?: string;
  /** The kinds of records that it shows. */
  kinds: readonly RecordKind[];
  /** The lists of choices that its records have and the tenant defines, by what fields call them. */
  picklists?: Readonly<Record<string, Picklist>>;
  create?: QuickCreate;
  /** More places to go to, for the command palette. */
  places?: readonly { title: string; address: string; needs: readonly string[] }[];
}

export const areas: readonly Area[] = [
  leadsArea,
  dealsArea,
  forecastArea,
  accountsArea,
  contactsArea,
  importsArea,
  settingsArea,
];

/** Every screen with its area. */
export const screens: readonly (Screen & { area: Area })[] = areas.flatMap((area) =>
  area.screens.map((screen) => ({ ...screen, area })),
);

export const picklists: Readonly<Record<string, Picklist>> = Object.assign(
  {},
  ...areas.map((area) => area.picklists),
);

export const kinds: readonly RecordKind[] = areas.flatMap((area) => area.kinds);

/** The picture of a kind of record: its area's. */
export function iconOf(kind: RecordKind): IconName {
  return areas.find((area) => area.kinds.includes(kind))?.icon ?? "search";
}

/** What the screens of an address are about: the area that it is in, or whose records that shows. */
export function areaAt(path: string): Area | undefined {
  const area = areas.find(({ address }) => path === address || path.startsWith(`${address}/`));
  const about = area?.about;
  return about === undefined ? area : areas.find(({ kinds: own }) => own.some(({ object }) => object === about));
}

export function kindOf(object: string): RecordKind | undefined {
  return kinds.find((kind) => kind.object === object);
}
