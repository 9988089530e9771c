import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { isAbort } from "../../core/client";
import type { FileImport, ImportService } from "../../core/fileImports";
import { ApiError } from "../../core/problem";
import { upload } from "../../core/upload";
import { endSending, heldFile, holdFile } from "./heldFiles";
import { useFileImports } from "./useFileImports";

/** An import as its screen follows it. */
export interface FollowedImport {
  value: FileImport | null;
  /** Why it could not be followed or sent. */
  error: unknown;
  /** Bytes sent and the file's size while it is sent from here; else null. */
  sending: { sent: number; size: number } | null;
  /** Uploads, or continues to upload, a file that was chosen. */
  send: (file: File) => void;
  cancel: () => void;
  retry: () => void;
}

const pollEvery = 500;

/** Uploads the file if it is available, then follows the import to its end. */
export function useImport(service: ImportService, id: string): FollowedImport {
  const { directory } = useWorkspace();
  const imports = useFileImports(service);
  const [value, setValue] = useState<FileImport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState<FollowedImport["sending"]>(null);
  const [turn, setTurn] = useState(0);
  const reloadDirectory = useRef(directory.reload);
  reloadDirectory.current = directory.reload;

  const sendFile = useCallback(
    async (present: FileImport, file: File, signal: AbortSignal): Promise<FileImport> => {
      const from = Number(present.received_bytes);
      setSending({ sent: from, size: file.size });
      await upload({
        id,
        file,
        from,
        sink: imports,
        signal,
        pause,
        onProgress: (sent) => setSending({ sent, size: file.size }),
      });
      const started = await imports.start(id, file.size);
      endSending(id);
      setSending(null);
      return started;
    },
    [imports, id],
  );

  useEffect(() => {
    const abort = new AbortController();
    const follow = async () => {
      let present = await imports.get(id, abort.signal);
      setValue(present);
      const file = heldFile(id);
      if (present.state === "IMPORT_STATE_RECEIVING" && file !== null) {
        present = await sendFile(present, file, abort.signal);
        setValue(present);
      }
      while (present.state === "IMPORT_STATE_RUNNING") {
        await pause(pollEvery);
        abort.signal.throwIfAborted();
        present = await patiently(() => imports.get(id, abort.signal), present);
        setValue(present);
        if (present.state !== "IMPORT_STATE_RUNNING") reloadDirectory.current();
      }
    };
    setError(null);
    follow().catch((failure: unknown) => {
      if (isAbort(failure) || abort.signal.aborted) return;
      setSending(null);
      setError(failure);
    });
    return () => abort.abort();
  }, [imports, id, turn, sendFile]);

  const again = useCallback(() => setTurn((before) => before + 1), []);
  return {
    value,
    error,
    sending,
    send: (file) => {
      holdFile(id, file);
      again();
    },
    cancel: () => {
      endSending(id);
      setSending(null);
      imports.cancel(id).then(again, setError);
    },
    retry: again,
  };
}

/** A service that restarts does not end the following of an import. */
async function patiently(
  load: () => Promise<FileImport>,
  otherwise: FileImport,
): Promise<FileImport> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ApiError && error.isPassing) return otherwise;
    throw error;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
