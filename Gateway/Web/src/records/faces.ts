import type { ComponentType, ReactNode } from "react";
import type { Field } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";

// What a kind of record has on its screens besides what its description says. Everything is optional: a
// kind without a face has a whole page.

export interface Face {
  /** Directly under the name: what a lead's score is made of. */
  Headline?: ComponentType<{ record: Rec }>;
  /** The main things to do with it: call, write. */
  Actions?: ComponentType<{ record: Rec }>;
  /** Above the history: what it is related to, and what else its page is opened for. */
  Related?: ComponentType<{ record: Rec }>;
  /** After the facts: more of them. */
  Aside?: ComponentType<{ record: Rec }>;
  /** Last of all: what takes it out of daily work. */
  End?: ComponentType<{ record: Rec }>;
  /** What a field shows on the page instead of its own view; undefined for that. */
  value?: (record: Rec, field: Field) => ReactNode;
  /** The same in a list, where nothing but a chosen link opens something else. */
  cell?: (record: Rec, field: Field) => ReactNode;
  /** In the form for a new one, beside what was typed so far. */
  FormNote?: ComponentType<{ values: Readonly<Record<string, unknown>> }>;
  /** The line under the name. */
  subtitle?: (record: Rec) => string;
}

const faces = new Map<string, Face>();

/** Gives a kind what is its own; said once, by its area. */
export function giveFace(kind: RecordKind, face: Face): void {
  faces.set(kind.object, face);
}

const plain: Face = {};

export function useFace(kind: RecordKind): Face {
  return faces.get(kind.object) ?? plain;
}
