import { type ReactNode, useState } from "react";
import type { Directory } from "../src/app/directory";
import type { Entry } from "../src/core/entries";
import { ListMemory } from "../src/app/listMemory";
import { type Workspace, WorkspaceContext } from "../src/app/workspace";
import { Api } from "../src/core/api";
import { decodeMember } from "../src/core/api.generated";
import { ApiClient } from "../src/core/client";
import { FieldSaver } from "../src/core/fieldSaving";
import { wordsOf } from "../src/core/fields";
import type { MoneyStyle } from "../src/core/format";
import { NoticeBoard } from "../src/core/notices";
import { Permissions } from "../src/core/permissions";
import { RecordApi } from "../src/core/recordApi";
import { RecordStore } from "../src/core/recordStore";
import { ShareBook } from "../src/core/shareBook";
import { sessionOf } from "../src/core/session";
import { UndoStack } from "../src/core/undo";

const ada = decodeMember({ id: "member_1", display_name: "Ada Lovelace", role: "admin", active: true });
const entries: readonly Entry[] = [
  { key: "packed", display_name: "Packed", active: true, colour: "#0078d4", position: 0 },
  { key: "on_its_way", display_name: "On its way", active: true, colour: "#c75000", position: 1 },
  { key: "lost", display_name: "Lost", active: false, colour: "", position: 2 },
];

const directory: Directory = {
  members: [ada],
  entries: () => entries,
  names: {
    entry: (_, key) => entries.find((entry) => entry.key === key)?.display_name ?? wordsOf(key),
    record: (id) => (id === ada.id ? ada.display_name : ""),
    choice: (_, key) => wordsOf(key),
  },
  reload: () => undefined,
};

/** What screens work with, for somebody who may do everything; whatever is asked of the network never comes. */
export function fakeWorkspace(permissions: readonly string[], money?: MoneyStyle): Workspace {
  const api = new Api(new ApiClient(() => new Promise(() => undefined)));
  const store = new RecordStore();
  const records = new RecordApi(api.client, store);
  const session = { ...sessionOf({}), member: ada, permissions: [...permissions] };
  return {
    api,
    records,
    store,
    saver: new FieldSaver(records),
    session,
    permissions: new Permissions(session),
    shares: new ShareBook((id) => records.actions(id)),
    directory: { ...directory, names: { ...directory.names, money } },
    lists: new ListMemory(),
    notices: new NoticeBoard(),
    undo: new UndoStack(),
    signOut: () => undefined,
  };
}

interface Props {
  permissions: readonly string[];
  children: ReactNode;
  /** How the tenant writes money, where that is not as the reader does. */
  money?: MoneyStyle;
}

export function FakeWorkspace({ permissions, children, money }: Props) {
  const [workspace] = useState(() => fakeWorkspace(permissions, money));
  return <WorkspaceContext.Provider value={workspace}>{children}</WorkspaceContext.Provider>;
}
