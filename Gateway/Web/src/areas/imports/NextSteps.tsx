import { useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { type FileImport, type FileImports, importObjects, type NewImport } from "../../core/fileImports";
import { navigate } from "../../core/navigation";
import { FormError } from "../../parts/FormError";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/imports";
import { againAddress, importAddress } from "./address";
import { heldFile, holdFile } from "./heldFiles";
import { importedKind } from "./kinds";
import { touched } from "./ImportProgress";
import { useFileImports } from "./useFileImports";

const words = all.next;

interface Props {
  value: FileImport;
  /** The import that a dry run is for; "" for none. */
  tries: string;
}

/** The next steps: the import after its dry run, or the same file with other settings. */
export function NextSteps({ value, tries }: Props) {
  const { permissions } = useWorkspace();
  const imports = useFileImports(value.service);
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef("");
  if (!permissions.may(`${importObjects[value.service]}.create`)) return null;
  const { service, validate_only: isDry, state } = value;
  const isTried = isDry && state === "IMPORT_STATE_SUCCEEDED" && touched(value) > 0;
  const isCutShort = state === "IMPORT_STATE_CANCELLED" && !isDry && value.rows !== "0";

  const begin = async () => {
    setWorking(true);
    setError(null);
    // A call that is repeated after a failure makes no second import.
    key.current ||= newIdempotencyKey();
    try {
      navigate(importAddress(await begun(imports, value, tries, key.current)));
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <>
      <FormError error={error} />
      {isTried && (
        <button
          type="button"
          className="button button-main"
          disabled={isWorking}
          onClick={() => void begin()}
        >
          {isWorking ? words.importing : words.import(String(touched(value)), importedKind(value.object).kind)}
        </button>
      )}
      {isDry && tries !== "" ? (
        <Link className="button" to={importAddress({ service, id: tries }, { after: value.id })}>
          {words.back}
        </Link>
      ) : (
        <Link className={isCutShort ? "button button-main" : "button"} to={againAddress(value)}>
          {isCutShort ? words.goOn : words.change}
        </Link>
      )}
    </>
  );
}

/** Starts the import that was tried, or one that reads its file as it did. */
async function begun(imports: FileImports, value: FileImport, tries: string, key: string): Promise<FileImport> {
  const waiting = tries === "" ? null : await imports.get(tries);
  if (waiting?.state === "IMPORT_STATE_READY") {
    return imports.start(waiting.id, Number(waiting.received_bytes));
  }
  const created = await imports.create(newImport(value), key);
  const file = heldFile(value.id);
  // What was tried starts as soon as its file is there.
  if (file !== null) holdFile(created.id, file, true);
  return created;
}

/** The request for an import that reads its file as another one did. */
function newImport(value: FileImport): NewImport {
  const { object, file_name, source_system, mapping, external_id_column, values, date_order, choices } = value;
  return {
    object,
    file_name,
    source_system,
    mapping,
    external_id_column,
    values,
    date_order,
    choices,
    validate_only: false,
  };
}
