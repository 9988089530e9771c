import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { decodeReadAllNotificationsResponse } from "../../core/api.generated";
import { newIdempotencyKey } from "../../core/client";
import { explainInLine } from "../../core/problem";
import { words } from "../../words/notifications";
import { mute, notification } from "./notification";

/** What a member does with notifications. What fails is said in a notice. */
export interface Actions {
  mark: (id: string, how: "read" | "unread") => Promise<void>;
  archive: (id: string) => Promise<void>;
  unarchive: (id: string) => Promise<void>;
  readAll: () => Promise<void>;
  /** Is told no more of a kind, or of a record. */
  mute: (what: { kind: string } | { record: string }, name: string) => Promise<void>;
}

export function useActions(): Actions {
  const { records, store, notices } = useWorkspace();
  const undoable = useUndoable();
  /** Shows at once what is being sent. */
  const change = async (id: string, verb: string, shown: Readonly<Record<string, unknown>>) => {
    store.patch(id, shown);
    try {
      await records.verb(notification, id, verb);
    } finally {
      store.settle(id, shown);
    }
  };
  const attempt = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
  };
  const takeBack = (id: string) => change(id, "unarchive", { archived: false, state: "read" });
  return {
    mark: (id, how) => attempt(() => change(id, how, { state: how })),
    archive: (id) =>
      attempt(async () => {
        const wasUnread = store.get(id)?.["state"] === "unread";
        await change(id, "archive", { archived: true, state: "archived" });
        // One that was not read before is unread again.
        const undo = () => (wasUnread ? change(id, "unread", { archived: false, state: "unread" }) : takeBack(id));
        undoable({ label: words.archived, takeBack: undo, about: id });
      }),
    unarchive: (id) => attempt(() => takeBack(id)),
    readAll: () =>
      attempt(async () => {
        const raw = await records.client.post(`${notification.api}:readAll`, {});
        store.tell(notification.object, { is: "many" });
        notices.done(words.readAll(decodeReadAllNotificationsResponse(raw).read));
      }),
    mute: (what, name) =>
      attempt(async () => {
        const made = await records.create(mute, what, newIdempotencyKey());
        undoable({ label: words.mute.done(name), takeBack: () => records.delete(mute, made.id), about: made.id });
      }),
  };
}
