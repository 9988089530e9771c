import type { ComponentType, ReactNode } from "react";
import type { FieldChange } from "../core/api.generated";
import type { Field } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";

// What a kind of record has on its screens besides what its description says. Everything is optional: a
// kind without a face has a complete page.

export interface Face {
  /** Directly under the name: what a lead's score is made of. */
  Headline?: ComponentType<{ record: Rec }>;
  /** The main things to do with it: call, write. */
  Actions?: ComponentType<{ record: Rec }>;
  /** Above the timeline: what its page is for besides that, such as the steps of a task. */
  Related?: ComponentType<{ record: Rec }>;
  /** After the facts: more facts, and related records. */
  Aside?: ComponentType<{ record: Rec }>;
  /** At the end: what removes it from daily work. */
  End?: ComponentType<{ record: Rec }>;
  /** What a field shows on the page instead of its own view; undefined for that view. */
  value?: (record: Rec, field: Field) => ReactNode;
  /** The same in a list, where only a selected link opens something else. */
  cell?: (record: Rec, field: Field) => ReactNode;
  /** Facts that a record has no use for while they are empty: the place of a call. */
  hides?: (record: Rec, field: Field) => boolean;
  /** What a card of its board shows below the name, in place of the list's first columns. */
  card?: (record: Rec) => ReactNode;
  /** The action of the history that changes of its status came by, where a timeline does not say it; "" for none. */
  cameBy?: (changes: readonly FieldChange[]) => string;
  /**
   * How a history tells a change, if not by its field and its values; null for one that says nothing to people, and
   * undefined for the usual way.
   */
  told?: (change: FieldChange) => ToldChange | null | undefined;
  /** In the form for a new one, with the values typed so far. */
  FormNote?: ComponentType<{ values: Readonly<Record<string, unknown>> }>;
  /** The line under the name. */
  subtitle?: (record: Rec) => string;
}

/** A change in words; "" for no value. */
export interface ToldChange {
  label: string;
  before: string;
  after: string;
}

const faces = new Map<string, Face>();

/** Gives a kind its face; called once, by its area. */
export function giveFace(kind: RecordKind, face: Face): void {
  faces.set(kind.object, face);
}

const plain: Face = {};

export function useFace(kind: RecordKind): Face {
  return faces.get(kind.object) ?? plain;
}
