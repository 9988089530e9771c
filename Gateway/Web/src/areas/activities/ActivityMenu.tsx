import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { TimelineEntry } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { IconButton } from "../../parts/IconButton";
import { Menu } from "../../parts/Menu";
import { words as screen } from "../../words/activityScreens";
import { words } from "../../words/timeline";
import { activity } from "./activity";
import { isLogged } from "./activityForm";
import { EditActivity } from "./EditActivity";

interface Props {
  entry: TimelineEntry;
  /** How it begins. */
  what: string;
}

/** Changes or deletes an activity of a timeline, for members who may. */
export function ActivityMenu({ entry, what }: Props) {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const [edited, setEdited] = useState<Rec | null>(null);
  const { record_id: id, kind, actor, on_behalf_of } = entry;
  // What an entry says is enough to tell whose it is.
  const held: Rec = { id, etag: "", [activity.owner]: on_behalf_of || actor };
  const mayEdit = isLogged(kind) && permissions.mayEdit(activity, held);
  const mayDelete = permissions.mayDelete(activity, held);
  if (!mayEdit && !mayDelete) return null;
  const orSay = (work: () => Promise<void>) => () =>
    void work().catch((failure: unknown) => notices.failed(explainInLine(failure)));
  const edit = orSay(async () => setEdited(await records.get(activity, id)));
  const remove = orSay(async () => {
    await records.delete(activity, id);
    const takeBack = async () => void (await records.undelete(activity, id));
    undoable({ label: screen.deleted, takeBack, about: id });
  });
  return (
    <>
      <Menu
        label={words.menu(what)}
        placement="bottom-end"
        entries={[
          mayEdit && { label: words.edit, icon: "edit", run: edit },
          mayDelete && { label: words.delete, icon: "trash", danger: true, run: remove },
        ]}
        button={(button) => <IconButton icon="more" label={words.menu(what)} {...button} />}
      />
      {edited !== null && <EditActivity record={edited} onClose={() => setEdited(null)} />}
    </>
  );
}
