import { useEffect, useRef, useState } from "react";
import type { ScreenProps } from "../../app/areas";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { importObjects } from "../../core/fileImports";
import { formatBytes } from "../../core/format";
import { type ImportedKind, mappingGaps } from "../../core/importMapping";
import { valuesAfter } from "../../core/importValues";
import { navigate } from "../../core/navigation";
import { FormError } from "../../parts/FormError";
import { useLeaveGuard } from "../../parts/leaveGuard";
import { Link } from "../../parts/Link";
import { Segmented } from "../../parts/Segmented";
import { Skeleton } from "../../parts/Skeleton";
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { importAddress, newImportAddress } from "./address";
import { DayOrder } from "./DayOrder";
import { FileDrop } from "./FileDrop";
import { heldFile } from "./heldFiles";
import { importedKinds } from "./kinds";
import { MappingTable } from "./MappingTable";
import { RowIdentity } from "./RowIdentity";
import { type DraftState, type ImportDraft, useImportDraft } from "./useImportDraft";
import { ValueTables } from "./ValueTables";

/** Chooses the kind, a file, and what its columns and values mean; then the import has a screen of its own. */
export default function NewImportScreen({ search }: ScreenProps) {
  const { permissions } = useWorkspace();
  const asked = new URLSearchParams(search);
  const again = asked.get("again") ?? "";
  const [file, setFile] = useState<File | null>(() => heldFile(again));
  const open = importedKinds.filter(({ service }) => permissions.may(`${importObjects[service]}.create`));
  const of = open.find(({ kind }) => kind.object === asked.get("of")) ?? open[0];
  const title = of === undefined ? screens.newImport : screens.importOf(of.kind);
  useTitle(title);
  if (of === undefined) return null;
  return (
    <div className="screen">
      <nav className="trail" aria-label={words.trail}>
        <Link to="/imports">{screens.imports}</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{words.file.new}</span>
      </nav>
      <h1>{title}</h1>
      {open.length > 1 && (
        <Segmented
          label={words.file.kind}
          choices={open.map(({ kind }) => ({ value: kind.object, label: words.records(kind) }))}
          value={of.kind.object}
          onChange={(object) => navigate(newImportAddress(object), { replace: true })}
        />
      )}
      <NewImport key={`${of.kind.object} ${again}`} of={of} again={again} file={file} onFile={setFile} />
    </div>
  );
}

interface Props {
  of: ImportedKind;
  /** The import whose columns and values are used; "" for none. */
  again: string;
  file: File | null;
  onFile: (file: File | null) => void;
}

function NewImport({ of, again, file, onFile }: Props) {
  const state = useImportDraft(of, file, again);
  const { draft, reason, error, isTouched, begun } = state;
  const [hasActed, setActed] = useState(false);
  const about = useRef<HTMLParagraphElement>(null);
  useLeaveGuard(isTouched);
  // After the guard against leaving has ended.
  useEffect(() => {
    if (begun !== null) navigate(importAddress(begun), { replace: true });
  }, [begun]);
  const isChosen = file !== null && reason === "";
  // The pressed button is gone: focus moves to what replaced it.
  useEffect(() => {
    if (hasActed && isChosen) about.current?.focus();
  }, [hasActed, isChosen]);
  const choose = (next: File | null) => {
    setActed(true);
    onFile(next);
  };
  return (
    <>
      {file === null || reason !== "" ? (
        <FileDrop
          label={words.file.choose}
          hint={words.file.hint[of.service]}
          onFile={choose}
          takesFocus={hasActed}
        />
      ) : (
        <p className="import-file" ref={about} tabIndex={-1}>
          <strong>{file.name}</strong>
          {draft !== null && (
            <span className="muted">
              {words.file.about(formatBytes(file.size), draft.mapping.mapping.length)}
            </span>
          )}
          <button type="button" className="button-quiet" onClick={() => choose(null)}>
            {words.file.another}
          </button>
        </p>
      )}
      {reason !== "" && (
        <p className="form-error" role="alert">
          {reason}
        </p>
      )}
      <FormError error={error} />
      {isChosen && draft === null && error === null && (
        <div aria-busy="true">
          <Skeleton lines={5} height="40px" />
        </div>
      )}
      {draft !== null && <DraftForm of={of} draft={draft} state={state} />}
    </>
  );
}

/** The meaning of a file's columns and values, and the buttons that start the import. */
function DraftForm({ of, draft, state }: { of: ImportedKind; draft: ImportDraft; state: DraftState }) {
  const { change } = state;
  const { mapping, rows, unread } = draft;
  const gaps = mappingGaps(of, mapping);
  return (
    <>
      <MappingTable
        of={of}
        mapping={mapping.mapping}
        rows={rows}
        identity={mapping.external_id_column}
        onChange={(next) => {
          change({ mapping: next, values: valuesAfter(mapping.mapping, next, mapping.values) });
        }}
      />
      <RowIdentity mapping={mapping} onChange={change} />
      {of.service === "records" && (
        <>
          <DayOrder of={of} mapping={mapping} rows={rows} onChange={change} />
          <ValueTables
            of={of}
            mapping={mapping}
            rows={rows}
            unread={unread}
            onChange={(values) => change({ values })}
          />
        </>
      )}
      {gaps.map((gap) => (
        <p key={gap} className="form-error" role="alert">
          {gap}
        </p>
      ))}
      <Begin of={of} state={state} isReady={gaps.length === 0} />
    </>
  );
}

/** The main action is a dry run, if there is one. */
function Begin({ of, state, isReady }: { of: ImportedKind; state: DraftState; isReady: boolean }) {
  const { working, begin } = state;
  const isDisabled = working !== "" || !isReady;
  const hasDryRun = of.service === "records";
  return (
    <div className="import-begin">
      {hasDryRun && (
        <button
          type="button"
          className="button button-main"
          disabled={isDisabled}
          onClick={() => begin(true)}
        >
          {working === "dry run" ? words.file.dryRunStarting : words.file.dryRun}
        </button>
      )}
      <button
        type="button"
        className={hasDryRun ? "button" : "button button-main"}
        disabled={isDisabled}
        onClick={() => begin(false)}
      >
        {working === "import" ? words.file.starting : words.file.start}
      </button>
      <span className="muted">{hasDryRun ? words.file.dryRunHint : words.file.again}</span>
    </div>
  );
}
