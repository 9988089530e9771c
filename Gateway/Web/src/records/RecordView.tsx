import { useWorkspace } from "../app/workspace";
import { isFilled } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { Section } from "../parts/Section";
import { Time } from "../parts/Time";
import { words } from "../words/records";
import { DeleteRecord } from "./DeleteRecord";
import { Facts } from "./Facts";
import { useFace } from "./faces";
import { KeyFacts } from "./KeyFacts";
import { Timeline } from "./Timeline";

interface Props {
  kind: RecordKind;
  record: Rec;
  heading: "h1" | "h2";
  /** It was deleted, or is no longer to be seen. */
  isGone: boolean;
  onDeleted: () => void;
}

/** A record: what it is on top, its history at the left, its facts at the right. */
export function RecordView({ kind, record, heading: Heading, isGone, onDeleted }: Props) {
  const { permissions } = useWorkspace();
  const face = useFace(kind);
  const mayEdit = !isGone && permissions.mayEdit(kind, record);
  const subtitle = face.subtitle?.(record) ?? "";
  const { Headline, Actions, Related } = face;
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
        <p className="form-note">{words.notYours(kind)}</p>
      )}
      <div className="record-body">
        <div className="record-story">
          {!kind.lacks.has("history") && <Timeline kind={kind} record={record} />}
        </div>
        <div className="record-side">
          <Facts kind={kind} record={record} mayEdit={mayEdit} />
          {Related !== undefined && <Related record={record} />}
          <Times record={record} />
          {!isGone && permissions.mayDelete(kind, record) && (
            <DeleteRecord kind={kind} record={record} onDeleted={onDeleted} />
          )}
        </div>
      </div>
    </article>
  );
}

function Times({ record }: { record: Rec }) {
  const { names } = useWorkspace().directory;
  if (!["create_time", "update_time", "last_activity_time"].some((name) => isFilled(record[name]))) return null;
  const line = (label: string, at: unknown, by: unknown) => {
    if (typeof at !== "string" || at === "") return null;
    const name = typeof by === "string" && by.startsWith("member_") ? names.record(by) : "";
    return (
      <>
        <dt>{label}</dt>
        <dd>
          <Time at={at} />{" "}
          {name !== "" && (
            <span className="muted">{words.times.by(name)}</span>
          )}
        </dd>
      </>
    );
  };
  return (
    <Section title={words.times.title}>
      <dl className="times">
        {line(words.times.created, record["create_time"], record["created_by"])}
        {line(words.times.changed, record["update_time"], record["updated_by"])}
        {line(words.times.lastActivity, record["last_activity_time"], "")}
      </dl>
    </Section>
  );
}
