import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Api } from "../core/api";
import { firstLeadList, type LeadListState } from "../core/leadList";
import { NoticeBoard } from "../core/notices";
import { Permissions } from "../core/permissions";
import { Signal } from "../core/signal";
import type { Lead, Session } from "../core/types";
import { UndoStack } from "../core/undo";
import { type Directory, useDirectory } from "./directory";

/** What this page did to a lead. */
export type LeadNews =
  | { is: "created" | "changed"; id: string; lead: Lead }
  | { is: "deleted"; id: string };

/** What every screen of a signed-in member shares. */
export interface Workspace {
  api: Api;
  session: Session;
  permissions: Permissions;
  directory: Directory;
  /** What the lead list shows when its address says nothing. */
  firstList: LeadListState;
  notices: NoticeBoard;
  undo: UndoStack;
  leadNews: Signal<LeadNews>;
  signOut: () => void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("only for screens of a signed-in member");
  return workspace;
}

interface Props {
  api: Api;
  session: Session;
  signOut: () => void;
  children: ReactNode;
}

export function WorkspaceProvider({ api, session, signOut, children }: Props) {
  const directory = useDirectory(api);
  const [notices] = useState(() => new NoticeBoard());
  const [undo] = useState(() => new UndoStack());
  const [leadNews] = useState(() => new Signal<LeadNews>());
  const permissions = useMemo(() => new Permissions(session), [session]);
  const firstList = useMemo(() => firstLeadList(session.member.role), [session]);
  const workspace = useMemo(
    () => ({ api, session, permissions, directory, firstList, notices, undo, leadNews, signOut }),
    [api, session, permissions, directory, firstList, notices, undo, leadNews, signOut],
  );
  return <WorkspaceContext.Provider value={workspace}>{children}</WorkspaceContext.Provider>;
}
