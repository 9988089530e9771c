import { useRef } from "react";
import { kindOf } from "../../app/areas";
import { phoneWidth, useMedia } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import type { Notification } from "../../core/api.generated";
import { recordAddress } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Link } from "../../parts/Link";
import { Menu, type MenuItem } from "../../parts/Menu";
import { Time } from "../../parts/Time";
import { Tooltip } from "../../parts/Tooltip";
import { useFocusAfter } from "../../parts/useFocusAfter";
import { useKnown } from "../../records/useRecord";
import { words } from "../../words/notifications";
import { capital } from "../../words/sentences";
import { asNotification, kindIcon, kindWords, objectOf } from "./notification";
import { useActions } from "./useActions";

interface Props {
  id: string;
  /** Whether the list is that of archived ones: others are not in it, or just leave it. */
  isArchive: boolean;
  /** The id of the element around the list. */
  listId: string;
  /** Another screen is about to be shown. */
  onOpen: () => void;
}

/** One notification: what happened to which record, by whom and when, and what can be done with it. */
export function NotificationRow({ id, isArchive, listId, onOpen }: Props) {
  const record = useKnown(id);
  if (record === undefined || (record["archived"] === true) !== isArchive) return null;
  return <Row told={asNotification(record)} listId={listId} onOpen={onOpen} />;
}

function Row({ told, listId, onOpen }: Pick<Props, "listId" | "onOpen"> & { told: Notification }) {
  const row = useRef<HTMLLIElement>(null);
  // When the last one goes, the list has the focus.
  useFocusAfter(row, `[id="${listId}"], [id="${listId}"] .notification-begin`);
  const isUnread = told.state === "unread";
  return (
    <li ref={row} className={`notification ${isUnread ? "notification-unread" : ""}`}>
      <span className="notification-icon">
        <Icon name={kindIcon(told.kind)} />
      </span>
      <div className="notification-what">
        <p className="notification-title">
          {isUnread && <span className="unseen">{words.unread}</span>}
          {told.title}
        </p>
        <About told={told} onOpen={onOpen} />
        {told.message !== "" && (told.count <= 1 || told.record === "") && <p dir="auto">{told.message}</p>}
        <Facts told={told} />
      </div>
      <RowActions told={told} />
    </li>
  );
}

/** The record by its name, a link that reads the notification. */
function About({ told, onOpen }: { told: Notification; onOpen: () => void }) {
  const { names } = useWorkspace().directory;
  const { mark } = useActions();
  const { id, record, state, count } = told;
  if (record === "") return null;
  const kind = kindOf(objectOf(record));
  const name = names.record(record) || capital(kind?.one ?? "");
  const open = () => {
    if (state === "unread") void mark(id, "read");
    onOpen();
  };
  return (
    <p>
      {kind === undefined ? (
        <bdi>{name}</bdi>
      ) : (
        <Link className="notification-begin" to={recordAddress(kind, record)} onClick={open}>
          <bdi>{name}</bdi>
        </Link>
      )}
      {count > 1 && ` ${words.andMore(count - 1)}`}
    </p>
  );
}

function Facts({ told: { actor, create_time, late } }: { told: Notification }) {
  const { names } = useWorkspace().directory;
  const who = actor.startsWith("system:") ? words.product : names.record(actor);
  return (
    <p className="notification-facts muted">
      {actor !== "" && <bdi>{who}</bdi>}
      <Time at={create_time} />
      {late && (
        <Tooltip text={words.lateBecause}>
          <span className="tag tag-warn" tabIndex={0}>
            {words.late}
          </span>
        </Tooltip>
      )}
    </p>
  );
}

function RowActions({ told }: { told: Notification }) {
  const { directory, permissions } = useWorkspace();
  const actions = useActions();
  const isPhone = useMedia(phoneWidth);
  const { names } = directory;
  const { id, kind, record, title, state, count } = told;
  const about = record === "" ? "" : names.record(record);
  const mayMute = permissions.may("mute.create");
  const kindName = kindWords(names, kind);
  const marking: MenuItem =
    state === "unread"
      ? { label: words.markRead, icon: "check", run: () => void actions.mark(id, "read") }
      : { label: words.markUnread, icon: "bell", run: () => void actions.mark(id, "unread") };
  const filing: MenuItem =
    state === "archived"
      ? { label: words.unarchive, icon: "undo", run: () => void actions.unarchive(id) }
      : { label: words.archive, icon: "archive", run: () => void actions.archive(id) };
  // A phone has room for one button.
  const direct = isPhone ? [] : state === "archived" ? [filing] : [marking, filing];
  const name = words.named(title, about);
  return (
    <div className="notification-actions" role="group" aria-label={name}>
      {direct.map(({ label, icon, run }) => (
        <IconButton key={label} icon={icon ?? "more"} label={label} onClick={run} />
      ))}
      <Menu
        label={words.more(name)}
        placement="bottom-end"
        entries={[
          ...[marking, filing].filter((each) => !direct.includes(each)),
          mayMute && { label: words.mute.kind(kindName), run: () => void actions.mute({ kind }, kindName) },
          mayMute &&
            about !== "" &&
            count <= 1 && { label: words.mute.record(about), run: () => void actions.mute({ record }, about) },
        ]}
        button={(button) => (
          <IconButton
            icon="more"
            label={words.more(name)}
            className={record === "" ? "notification-begin" : ""}
            {...button}
          />
        )}
      />
    </div>
  );
}
