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
  /** After the facts: what it is related to. */
  Related?: ComponentType<{ record: Rec }>;
  /** What a field shows instead of its own view; undefined for that. */
  value?: (record: Rec, field: Field) => ReactNode;
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
