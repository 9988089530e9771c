import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { type FileImport, importObjects } from "../../core/fileImports";
import { mappingGaps } from "../../core/importMapping";
import { type ReadSettings, stillOpen } from "../../core/importReading";
import { type UnreadValue, unreadValues } from "../../core/importValues";
import type { ImportQuestion, ImportReading } from "../../core/types";
import { words } from "../../words/importReady";
import { ColumnsSection } from "./ColumnsSection";
import { ImportChoicesSection } from "./ImportChoicesSection";
import { importedKind } from "./kinds";
import { NumbersAndDates } from "./NumbersAndDates";
import { PreviewRows } from "./PreviewRows";
import { RowIdentity } from "./RowIdentity";
import { SourceSection } from "./SourceSection";
import { StartBar } from "./StartBar";
import type { FollowedImport } from "./useImport";
import { ValuesSection } from "./ValuesSection";

/** What the parts of the page get. */
export interface ReadyProps {
  followed: FollowedImport;
  value: FileImport;
  reading: ImportReading;
  settings: ReadSettings;
  /** The questions that are still open. */
  questions: readonly ImportQuestion[];
  /** Whether the member may change how the file is read. */
  isMine: boolean;
}

interface Props extends Pick<ReadyProps, "followed" | "value" | "reading" | "settings"> {
  /** The import that this one follows, whose unread values are asked about; "" for none. */
  after: string;
}

/** How a file was understood, what is to be decided, and what becomes of its rows. */
export function ReadyImport({ followed, value, reading, settings, after }: Props) {
  const { permissions, session } = useWorkspace();
  const unread = useUnread(followed, after);
  const of = importedKind(value.object);
  const isMine =
    permissions.may(`${importObjects[value.service]}.create`) && value.creator === session.member.id;
  const questions = stillOpen(value.questions, settings);
  const props: ReadyProps = { followed, value, reading, settings, questions, isMine };
  return (
    <>
      <fieldset className="import-ready" disabled={!isMine}>
        {!isMine && <p className="form-note">{words.start.notYours}</p>}
        <SourceSection {...props} />
        <PreviewRows object={value.object} rows={reading.samples} isOld={followed.isChanging} />
        <ColumnsSection {...props} />
        <NumbersAndDates {...props} />
        <ValuesSection {...props} unread={unread} />
        <RowIdentity {...props} />
        <ImportChoicesSection {...props} />
      </fieldset>
      <StartBar {...props} gaps={mappingGaps(of, settings)} />
    </>
  );
}

const nothing: readonly UnreadValue[] = [];

/** The values that an earlier import of the file could not match. */
function useUnread({ calls }: FollowedImport, after: string): readonly UnreadValue[] {
  const load = useCallback(
    async (signal: AbortSignal) => (after === "" ? nothing : unreadValues((await calls.get(after, signal)).remarks)),
    [calls, after],
  );
  return useLoaded(load).value ?? nothing;
}
