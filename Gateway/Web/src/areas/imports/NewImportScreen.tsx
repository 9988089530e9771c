import { useState } from "react";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { readFileStart } from "../../core/csv";
import { formatBytes } from "../../core/format";
import { fullMapping, mappingGaps, systemKey } from "../../core/importMapping";
import { navigate } from "../../core/navigation";
import { importAddress } from "./address";
import type { MappingSuggestion } from "../../core/types";
import { FormError } from "../../parts/FormError";
import { Link } from "../../parts/Link";
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { lead } from "../leads/lead";
import { FileDrop } from "./FileDrop";
import { holdFile } from "./heldFiles";
import { MappingTable } from "./MappingTable";
import { RowIdentity } from "./RowIdentity";

/** A file with its first rows and what becomes of its columns. */
interface Draft {
  file: File;
  rows: string[][];
  mapping: MappingSuggestion;
}

const previewBytes = 256 * 1024;
const previewRows = 3;

/** Chooses a file and says what its columns mean; then the import has a screen of its own. */
export default function NewImportScreen() {
  const { api } = useWorkspace();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  useTitle(screens.importLeads);

  const choose = async (file: File) => {
    setDraft(null);
    setReason("");
    setError(null);
    const bytes = new Uint8Array(await file.slice(0, previewBytes).arrayBuffer());
    const start = readFileStart(bytes, file.size <= previewBytes, previewRows);
    if (!start.ok) return setReason(start.reason);
    try {
      const suggested = await api.suggestMapping(start.columns);
      const mapping = fullMapping(start.columns, suggested.mapping);
      setDraft({ file, rows: start.rows, mapping: { ...suggested, mapping } });
    } catch (failure) {
      setError(failure);
    }
  };

  const begin = async () => {
    if (draft === null) return;
    setWorking(true);
    setError(null);
    try {
      const { mapping, source_system, external_id_column } = draft.mapping;
      const created = await api.createImport(
        {
          file_name: draft.file.name.slice(0, 255),
          source_system: systemKey(source_system) || "csv",
          mapping,
          external_id_column,
        },
        newIdempotencyKey(),
      );
      holdFile(created.id, draft.file);
      navigate(importAddress(created.id), { replace: true });
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  const change = (mapping: Partial<MappingSuggestion>) =>
    setDraft((before) => before && { ...before, mapping: { ...before.mapping, ...mapping } });
  const gaps = draft === null ? [] : mappingGaps(lead, draft.mapping.mapping);

  return (
    <div className="screen">
      <nav className="trail" aria-label={words.trail}>
        <Link to="/imports">{screens.imports}</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{words.file.new}</span>
      </nav>
      <h1>{screens.importLeads}</h1>
      {draft === null ? (
        <FileDrop
          label={words.file.choose}
          hint={words.file.hint}
          onFile={(file) => void choose(file)}
        />
      ) : (
        <p className="import-file">
          <strong>{draft.file.name}</strong>
          <span className="muted">
            {words.file.about(formatBytes(draft.file.size), draft.mapping.mapping.length)}
          </span>
          <button type="button" className="button-quiet" onClick={() => setDraft(null)}>
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
      {draft !== null && (
        <>
          <MappingTable
            mapping={draft.mapping.mapping}
            rows={draft.rows}
            onChange={(mapping) => change({ mapping })}
          />
          <RowIdentity mapping={draft.mapping} onChange={change} />
          {gaps.map((gap) => (
            <p key={gap} className="form-error" role="alert">
              {gap}
            </p>
          ))}
          <div className="import-begin">
            <button
              type="button"
              className="button button-main"
              disabled={working || gaps.length > 0}
              onClick={() => void begin()}
            >
              {working ? words.file.starting : words.file.start}
            </button>
            <span className="muted">{words.file.again}</span>
          </div>
        </>
      )}
    </div>
  );
}
