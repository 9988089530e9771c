import { Fragment, useEffect } from "react";
import { useWorkspace } from "../app/workspace";
import { isFilled } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { authorOf } from "../core/standardFields";
import { Section } from "../parts/Section";
import { Time } from "../parts/Time";
import { words } from "../words/records";
import { DeleteRecord } from "./DeleteRecord";
import { Facts } from "./Facts";
import { useFace } from "./faces";
import { KeyFacts } from "./KeyFacts";
import { Composer, Story } from "./Story";

interface Props {
  kind: RecordKind;
  record: Rec;
  heading: "h1" | "h2";
  /** It was deleted, or the member can no longer see it. */
  isGone: boolean;
  onDeleted: () => void;
}

/** A record: its name and main actions on top, related records and history on the left, its facts on the right. */
export function RecordView({ kind, record, heading: Heading, isGone, onDeleted }: Props) {
  const { permissions } = useWorkspace();
  useShare(kind, record, isGone);
  const face = useFace(kind);
  const mayEdit = !isGone && permissions.mayEdit(kind, record);
  const subtitle = face.subtitle?.(record) ?? "";
  const { Headline, Actions, Related, Aside, End } = face;
  const isTold = !kind.lacks.has("history");
  return (
    <article className="record">
      {isGone && (
        <p className="form-note" role="alert">
          {words.gone(kind)}
        </p>
      )}
      <header className="record-head">
        <div className="record-title">
          <div>
            <Heading className="record-name" dir="auto">
              {kind.title(record)}
            </Heading>
            {subtitle !== "" && (
              <p className="muted" dir="auto">
                {subtitle}
              </p>
            )}
          </div>
          {Actions !== undefined && <Actions record={record} />}
        </div>
        {Headline !== undefined && <Headline record={record} />}
        <KeyFacts kind={kind} record={record} mayEdit={mayEdit} />
      </header>
      {!mayEdit && !isGone && permissions.mayEditSome(kind) && (
        <p className="form-note">{kind.locked(record) || words.notYours(kind)}</p>
      )}
      <div className="record-body">
        <div className="record-related">
          {isTold && <Composer kind={kind} record={record} isGone={isGone} />}
          {Related !== undefined && <Related record={record} />}
        </div>
        <div className="record-story">
          {isTold && <Story kind={kind} record={record} isGone={isGone} />}
        </div>
        <div className="record-side">
          <Facts kind={kind} record={record} mayEdit={mayEdit} />
          {Aside !== undefined && <Aside record={record} />}
          <Times kind={kind} record={record} />
          {End !== undefined && !isGone && <End record={record} />}
          {!isGone && permissions.mayDelete(kind, record) && (
            <DeleteRecord kind={kind} record={record} onDeleted={onDeleted} />
          )}
        </div>
      </div>
    </article>
  );
}

/** Asks what a share allows with another member's record, and again when the member's teams have changed. */
function useShare(kind: RecordKind, record: Rec, isGone: boolean): void {
  const { permissions, session, shares } = useWorkspace();
  const isAsked = !isGone && permissions.mayEditSome(kind) && !permissions.reaches("edit", kind, record);
  const { id, etag } = record;
  useEffect(() => {
    if (isAsked) void shares.ask(id);
  }, [shares, isAsked, id, etag, session]);
}

/** What the service notes by itself: when the record was changed, and by whom. */
function Times({ kind, record }: { kind: RecordKind; record: Rec }) {
  const { names } = useWorkspace().directory;
  const moments = [...kind.fields.values()].filter(
    ({ name, kind, readOnly, implied }) =>
      kind === "moment" && readOnly === true && implied !== true && isFilled(record[name]),
  );
  if (moments.length === 0) return null;
  const author = (moment: string) => {
    const by = record[authorOf(moment) ?? ""];
    return typeof by === "string" && by.startsWith("member_") ? names.record(by) : "";
  };
  return (
    <Section title={words.times.title}>
      <dl className="times">
        {moments.map(({ name, label }) => (
          <Fragment key={name}>
            <dt>{label}</dt>
            <dd>
              <Time at={String(record[name])} />{" "}
              {author(name) !== "" && <span className="muted">{words.times.by(author(name))}</span>}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Section>
  );
}
