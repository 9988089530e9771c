import { useEffect, useMemo, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { FileImports, ImportService } from "../../core/fileImports";
import { ImportWork, type WorkState } from "../../core/importWork";
import { endSending, fileToSend, holdAgain } from "./heldFiles";
import { useFileImports } from "./useFileImports";

/** An import as its screen follows it. */
export interface FollowedImport extends WorkState, Pick<ImportWork, "set" | "readAs" | "order"> {
  calls: FileImports;
  /** Uploads, or continues to upload, a file that was chosen. */
  send: (file: File) => void;
  retry: () => void;
}

const nothing: WorkState = {
  value: null,
  error: null,
  sending: null,
  settings: null,
  isChanging: false,
  asked: "",
};

/** Uploads the file if it is available, then follows the import to its end. */
export function useImport(service: ImportService, id: string): FollowedImport {
  const { directory } = useWorkspace();
  const calls = useFileImports(service);
  const [state, setState] = useState<WorkState>(nothing);
  const reloadDirectory = useRef(directory.reload);
  reloadDirectory.current = directory.reload;

  const work = useMemo(
    () =>
      new ImportWork({
        id,
        calls,
        held: () => fileToSend(id),
        sent: () => endSending(id),
        ended: () => reloadDirectory.current(),
        pause,
        show: setState,
      }),
    [calls, id],
  );
  useEffect(() => {
    setState(nothing);
    work.follow();
    return () => work.leave();
  }, [work]);

  return {
    ...state,
    calls,
    set: (change) => work.set(change),
    readAs: (change) => work.readAs(change),
    order: (asked) => {
      if (asked === "cancel") endSending(id);
      work.order(asked);
    },
    send: (file) => {
      holdAgain(id, file);
      work.follow();
    },
    retry: () => work.follow(),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
