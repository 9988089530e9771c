import { kindOf } from "../../app/areas";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Mute } from "../../core/api.generated";
import { newIdempotencyKey } from "../../core/client";
import { explainInLine } from "../../core/problem";
import { recordAddress } from "../../core/recordKind";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Time } from "../../parts/Time";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words as all } from "../../words/notifications";
import { kindWords, mute, notification, objectOf } from "./notification";

const words = all.mute;

/** What the member is told no more, and how to be told again. */
export default function MutesSection() {
  const { rows, error, reload } = useAll(mute);
  const mutes = rows as unknown as readonly Mute[] | null;
  return (
    <section aria-labelledby="mutes-title">
      <h2 id="mutes-title">{words.section}</h2>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {mutes === null && error === null && <Waiting lines={4} />}
      {mutes?.length === 0 && (
        <Empty
          icon="bell"
          title={words.none.title}
          reason={words.none.reason}
          action={
            <Link to={notification.address} className="button">
              {all.all}
            </Link>
          }
        />
      )}
      {mutes !== null && mutes.length > 0 && <MuteTable mutes={mutes} />}
    </section>
  );
}

function MuteTable({ mutes }: { mutes: readonly Mute[] }) {
  return (
    <div className="table-scroll" role="region" aria-label={words.section} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.of}</th>
            <th scope="col">{words.since}</th>
            <th scope="col">{words.change}</th>
          </tr>
        </thead>
        <tbody>
          {mutes.map((each) => (
            <MuteRow key={each.id} muted={each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MuteRow({ muted }: { muted: Mute }) {
  const { directory, permissions, records, notices } = useWorkspace();
  const undoable = useUndoable();
  const { names } = directory;
  const { id, kind, record, create_time } = muted;
  const what = kind === "" ? words.everything : kindWords(names, kind);
  const page = kindOf(objectOf(record));
  const about = record === "" ? words.allRecords : names.record(record) || (page?.one ?? "");
  const name = record === "" ? what : kind === "" ? about : words.ofRecord(what, about);
  const unmute = async () => {
    try {
      await records.delete(mute, id);
    } catch (failure) {
      return notices.failed(explainInLine(failure));
    }
    const values = { ...(kind === "" ? {} : { kind }), ...(record === "" ? {} : { record }) };
    const takeBack = async () => void (await records.create(mute, values, newIdempotencyKey()));
    undoable({ label: words.unmuted(name), takeBack });
  };
  return (
    <tr>
      <th scope="row">{what}</th>
      <td data-label={words.of}>
        {record === "" || page === undefined ? (
          <bdi className={record === "" ? "muted" : ""}>{about}</bdi>
        ) : (
          <Link to={recordAddress(page, record)}>
            <bdi>{about}</bdi>
          </Link>
        )}
      </td>
      <td data-label={words.since}>
        <Time at={create_time} />
      </td>
      <td className="table-actions">
        {permissions.may("mute.delete") && (
          <button
            type="button"
            className="button-quiet"
            aria-label={words.unmuteOf(name)}
            onClick={() => void unmute()}
          >
            {words.unmute}
          </button>
        )}
      </td>
    </tr>
  );
}
