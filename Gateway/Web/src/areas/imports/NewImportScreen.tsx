import { useEffect, useRef, useState } from "react";
import type { ScreenProps } from "../../app/areas";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { type FileImports, importObjects, noSettings } from "../../core/fileImports";
import { formatBytes } from "../../core/format";
import type { ImportedKind } from "../../core/importMapping";
import { navigate } from "../../core/navigation";
import { FormError } from "../../parts/FormError";
import { Link } from "../../parts/Link";
import { Segmented } from "../../parts/Segmented";
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { importAddress, newImportAddress } from "./address";
import { FileDrop } from "./FileDrop";
import { heldFile, holdFile } from "./heldFiles";
import { importedKinds } from "./kinds";
import { useFileImports } from "./useFileImports";

/** Chooses the kind and a file; then the import has a screen of its own. */
export default function NewImportScreen({ search }: ScreenProps) {
  const { permissions } = useWorkspace();
  const asked = new URLSearchParams(search);
  const again = asked.get("again") ?? "";
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
      <NewImport
        key={`${of.kind.object} ${again}`}
        of={of}
        again={again}
        held={heldFile(asked.get("file") ?? again)}
      />
    </div>
  );
}

interface Props {
  of: ImportedKind;
  /** The import whose columns and values are used; "" for none. */
  again: string;
  /** The file, if the page has it already. */
  held: File | null;
}

function NewImport({ of, again, held }: Props) {
  const imports = useFileImports(of.service);
  const [file, setFile] = useState(held);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const key = useRef("");

  useEffect(() => {
    if (file === null) return undefined;
    let isLeft = false;
    // A call that is repeated after a failure makes no second import.
    key.current ||= newIdempotencyKey();
    create(imports, of, file, again, key.current).then(
      (address) => {
        if (!isLeft) navigate(address, { replace: true });
      },
      (failure: unknown) => {
        if (isLeft) return;
        setError(failure);
        setFile(null);
      },
    );
    return () => {
      isLeft = true;
    };
  }, [imports, of, file, again]);

  const choose = (next: File) => {
    setError(null);
    setReason(next.size === 0 ? words.file.empty : "");
    if (next.size === 0) return;
    key.current = "";
    setFile(next);
  };
  if (file !== null) {
    return (
      <p className="import-file" role="status">
        <strong>{file.name}</strong>
        <span className="muted">{words.file.about(formatBytes(file.size))}</span>
      </p>
    );
  }
  return (
    <>
      <FileDrop label={words.file.choose} hint={again === "" ? words.file.hint : words.file.again} onFile={choose} />
      {reason !== "" && (
        <p className="form-error" role="alert">
          {reason}
        </p>
      )}
      <FormError error={error} />
    </>
  );
}

/** Creates the import of a file, as another one was read if there is one; returns its address. */
async function create(
  imports: FileImports,
  { kind }: ImportedKind,
  file: File,
  again: string,
  key: string,
): Promise<string> {
  const earlier = again === "" ? null : await imports.get(again);
  const { source_system, mapping, external_id_column, values, date_order, choices } = earlier ?? noSettings;
  const created = await imports.create(
    {
      source_system,
      mapping,
      external_id_column,
      values,
      date_order,
      choices,
      object: kind.object,
      file_name: file.name.slice(0, 255),
      validate_only: false,
    },
    key,
  );
  holdFile(created.id, file);
  return importAddress(created, { after: again });
}
