import type { ComponentType } from "react";
import type { Entry } from "../core/entries";
import type { Rec, RecordKind } from "../core/recordKind";
import type { PathParts } from "../core/routes";
import type { IconName } from "../parts/Icon";
import { accountsArea } from "../areas/accounts/area";
import { activitiesArea } from "../areas/activities/area";
import { contactsArea } from "../areas/contacts/area";
import { dealsArea } from "../areas/deals/area";
import { forecastArea } from "../areas/forecast/area";
import { homeArea } from "../areas/home/area";
import { importsArea } from "../areas/imports/area";
import { leadsArea } from "../areas/leads/area";
import { notificationsArea } from "../areas/notifications/area";
import { projectsArea } from "../areas/projects/area";
import { settingsArea } from "../areas/settings/area";
import { tasksArea } from "../areas/tasks/area";
import type { words } from "../words/app";

// The screens. An area says everything that the frame needs to know about it: a new area is one
// line in `areas`.

/** What a screen gets of its address. */
export interface ScreenProps {
  parts: PathParts;
  search: string;
}

export interface Screen {
  /** Such as "/leads/:id"; the first match counts. */
  path: string;
  title: string;
  /** Shown to members with one of these permissions; to all if there is none. */
  needs: readonly string[];
  load: () => Promise<{ default: ComponentType<ScreenProps> }>;
}

/** Creates something new from anywhere. */
export interface QuickCreate {
  label: string;
  needs: string;
  load: () => Promise<{ default: ComponentType<{ onClose: () => void }> }>;
}

/** What is shown at the bell, or over the page on a phone. */
export type BellContent = () => Promise<{ default: ComponentType<BellProps> }>;

export interface BellProps {
  isSheet: boolean;
  /** What has just come, to be read aloud. */
  said: string;
  close: () => void;
}

/** A part of an area on the pages of other records. */
export interface Story {
  /** As of a screen. */
  needs: readonly string[];
  load: () => Promise<{ default: ComponentType<StoryProps> }>;
}

export interface StoryProps {
  kind: RecordKind;
  record: Rec;
  /** It was deleted, or the member can no longer see it. */
  isGone: boolean;
}

/** Where the entries of a list of choices come from. */
export interface Picklist {
  api: string;
  /** The field of the response that has them. */
  rows: string;
  /** The entries that a row stands for, if not the row itself: the stages of a pipeline. */
  entries?: (row: unknown) => readonly Entry[];
}

export interface Area {
  id: string;
  title: string;
  icon: IconName;
  /** Its group in the navigation; null if it is reached in another way. */
  group: keyof typeof words.navigation.groups | null;
  /** Where its entry in the navigation leads. */
  address: string;
  needs: readonly string[];
  screens: readonly Screen[];
  /** The object of another area that its screens are about, for search and creation. */
  about?: string;
  /** The kinds of records that it shows. */
  kinds: readonly RecordKind[];
  /** The lists of choices of its records that the tenant defines, by the names that fields use. */
  picklists?: Readonly<Record<string, Picklist>>;
  create?: QuickCreate;
  /** On the pages of other records, what stands first: it writes down what happens with them. */
  composer?: Story;
  /** What these pages show in place of their own history. */
  story?: Story;
  /** Further places for the command palette. */
  places?: readonly { title: string; address: string; needs: readonly string[] }[];
  /** What the bell in the top bar opens. */
  bell?: BellContent;
}

export const areas: readonly Area[] = [
  homeArea,
  leadsArea,
  tasksArea,
  dealsArea,
  forecastArea,
  accountsArea,
  contactsArea,
  projectsArea,
  activitiesArea,
  importsArea,
  settingsArea,
  notificationsArea,
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

/** The area that the bell in the top bar is about. */
export const bellArea = areas.find(({ bell }) => bell !== undefined);

/** The icon of a kind of record: its area's. */
export function iconOf(kind: RecordKind): IconName {
  return areas.find((area) => area.kinds.includes(kind))?.icon ?? "search";
}

/** The area that an address belongs to, by its first step. */
export function areaOf(path: string): Area | undefined {
  const [, first = ""] = path.split("/");
  return areas.find(({ address }) => address.split("/")[1] === first);
}

/** The area that the screens of an address are about: the one that it belongs to, or whose records it shows. */
export function areaAt(path: string): Area | undefined {
  const area = areaOf(path);
  const about = area?.about;
  return about === undefined ? area : areas.find(({ kinds: own }) => own.some(({ object }) => object === about));
}

export function kindOf(object: string): RecordKind | undefined {
  return kinds.find((kind) => kind.object === object);
}
