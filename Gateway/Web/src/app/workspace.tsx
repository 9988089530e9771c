import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { Api } from "../core/api";
import { FieldSaver } from "../core/fieldSaving";
import { NameBook } from "../core/nameBook";
import { NoticeBoard } from "../core/notices";
import { Permissions } from "../core/permissions";
import { RecordApi } from "../core/recordApi";
import { RecordStore } from "../core/recordStore";
import { ShareBook } from "../core/shareBook";
import type { Session } from "../core/types";
import { UndoStack } from "../core/undo";
import { words } from "../words/app";
import { type Directory, useDirectory } from "./directory";
import { ListMemory } from "./listMemory";
import { useLive } from "./useLive";

/** What all screens of a signed-in member share. */
export interface Workspace {
  api: Api;
  records: RecordApi;
  store: RecordStore;
  saver: FieldSaver;
  session: Session;
  permissions: Permissions;
  shares: ShareBook;
  directory: Directory;
  /** Lists that the member may come back to. */
  lists: ListMemory;
  notices: NoticeBoard;
  undo: UndoStack;
  signOut: () => void;
}

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("only for screens of a signed-in member");
  return workspace;
}

interface Props {
  api: Api;
  session: Session;
  /** Requests the session again: who the member is and what they may do. */
  sessionChanged: () => void;
  /** Rejects if the session goes on. */
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** Everything that a member works with; made anew for another member. */
export function WorkspaceProvider({ api, session, sessionChanged, signOut, children }: Props) {
  const [lasting] = useState(() => {
    const store = new RecordStore();
    const records = new RecordApi(api.client, store);
    return {
      store,
      records,
      saver: new FieldSaver(records),
      book: new NameBook((ids) => records.resolve(ids)),
      shares: new ShareBook((id) => records.actions(id)),
      lists: new ListMemory(),
      notices: new NoticeBoard(),
      undo: new UndoStack(),
    };
  });
  const { book, records, shares, store } = lasting;
  const directory = useDirectory(api.client, book, store, session);
  useLive({ api, records, book, session, directory, sessionChanged });
  const shared = useSyncExternalStore(shares.subscribe, shares.version);
  // A share that became known means new permissions.
  const permissions = useMemo(() => new Permissions(session, shares), [session, shares, shared]);
  useEffect(() => () => lasting.lists.clear(), [lasting]);
  const workspace = useMemo(() => {
    const { notices } = lasting;
    const orStay = () => void signOut().catch(() => notices.failed(words.person.notSignedOut));
    return { ...lasting, api, session, permissions, directory, signOut: orStay };
  }, [lasting, api, session, permissions, directory, signOut]);
  return <WorkspaceContext.Provider value={workspace}>{children}</WorkspaceContext.Provider>;
}
