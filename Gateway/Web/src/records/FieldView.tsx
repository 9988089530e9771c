import type { ReactNode } from "react";
import { kindOf } from "../app/areas";
import { useWorkspace } from "../app/workspace";
import { type Field, isFilled } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { type Rec, recordAddress } from "../core/recordKind";
import { webAddress } from "../core/web";
import { Link } from "../parts/Link";
import { Person } from "../parts/Person";
import { Time } from "../parts/Time";
import { EntryChip } from "./EntryChip";

interface Props {
  field: Field;
  record: Rec;
  /** In a grid, only a selected link opens something else. */
  isCell?: boolean;
}

/** A field's value, shown the same everywhere by its kind; a dash for none. */
export function FieldView({ field, record, isCell = false }: Props) {
  const value = record[field.name];
  if (field.kind !== "flag" && !isFilled(value)) {
    return isCell ? null : <span className="muted">–</span>;
  }
  const View = isCell ? (cellViews[field.kind] ?? views[field.kind]) : views[field.kind];
  return View === undefined ? <Words field={field} value={value} /> : <>{View(field, value, record)}</>;
}

type View = (field: Field, value: unknown, record: Rec) => ReactNode;

function Words({ field, value }: { field: Field; value: unknown }) {
  const { names } = useWorkspace().directory;
  return <bdi>{fieldText(field, value, names)}</bdi>;
}

/** Kinds that are shown as more than a text. */
const views: Partial<Record<Field["kind"], View>> = {
  picklist: (field, value, record) => (
    <EntryChip picklist={field.picklist ?? ""} value={value as string} {...withinOf(field, record)} />
  ),
  reference: (field, value) => <LinkedReference field={field} id={value as string} />,
  references: (field, value) => <References field={field} ids={value as readonly string[]} />,
  moment: (_, value) => <Time at={value as string} />,
  lines: (_, value) => <span className="fact-lines" dir="auto">{value as string}</span>,
  code: (_, value) => <code>{value as string}</code>,
  email: (_, value) => <a href={`mailto:${encodeURIComponent(value as string)}`}>{value as string}</a>,
  url: (_, value) => <Web text={value as string} />,
  colour: (_, value) => <Colour value={value as string} />,
};

const cellViews: Partial<Record<Field["kind"], View>> = {
  reference: (field, value) => <Reference field={field} id={value as string} />,
  references: (field, value) => <Words field={field} value={value} />,
  lines: (field, value) => <Words field={field} value={value} />,
  email: (field, value) => <Words field={field} value={value} />,
  url: (field, value) => <Words field={field} value={value} />,
};

/** The part of a record that an entry's list depends on. */
export function withinOf(field: Field, record: Rec): { within?: string } {
  return field.within === undefined ? {} : { within: String(record[field.within] ?? "") };
}

function Reference({ field, id }: { field: Field; id: string }) {
  const { names } = useWorkspace().directory;
  const name = names.record(id);
  return field.references === "member" ? <Person name={name} /> : <bdi>{name}</bdi>;
}

/** Records one below the other, each a link if it has a page which the member may see. */
function References({ field, ids }: { field: Field; ids: readonly string[] }) {
  return (
    <span className="references">
      {ids.map((id) => (
        <LinkedReference key={id} field={{ ...field, kind: "reference", references: objectOf(field, id) }} id={id} />
      ))}
    </span>
  );
}

/** What a field refers to by an id: where it may be any kind of record, the id says which. */
function objectOf({ references = "" }: Field, id: string): string {
  return references === "any" ? id.slice(0, id.lastIndexOf("_")) : references;
}

/** Whether a field refers to records that have a page which the member may see. */
export function useLinks(field: Field): boolean {
  const { permissions } = useWorkspace();
  if (field.kind === "references") return field.references === "any";
  const object = field.kind === "reference" ? (kindOf(field.references ?? "")?.object ?? "") : "";
  return object !== "" && permissions.may(`${object}.read`);
}

function LinkedReference({ field, id }: { field: Field; id: string }) {
  const kind = kindOf(field.references ?? "");
  const reference = <Reference field={field} id={id} />;
  return useLinks(field) && kind !== undefined ? <Link to={recordAddress(kind, id)}>{reference}</Link> : reference;
}

function Web({ text }: { text: string }) {
  const address = webAddress(text);
  if (address === null) return <bdi>{text}</bdi>;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}

function Colour({ value }: { value: string }) {
  return (
    <span className="colour">
      <span className="colour-dot" style={{ background: value }} aria-hidden="true" />
      {value}
    </span>
  );
}
