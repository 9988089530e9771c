import { useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { type FileImport, importObjects } from "../../core/fileImports";
import { sentColumns } from "../../core/importMapping";
import { navigate } from "../../core/navigation";
import { FormError } from "../../parts/FormError";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/imports";
import { againAddress, importAddress } from "./address";
import { heldFile, holdFile } from "./heldFiles";
import { importedKind } from "./kinds";
import { useFileImports } from "./useFileImports";

const words = all.next;

/** The next steps: the import after its dry run, or the same file with other settings. */
export function NextSteps({ value }: { value: FileImport }) {
  const { permissions } = useWorkspace();
  const imports = useFileImports(value.service);
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef("");
  if (value.service === "leads" || !permissions.may(`${importObjects[value.service]}.create`)) return null;
  const isTried = value.validate_only && value.state === "IMPORT_STATE_SUCCEEDED" && value.created !== "0";

  const begin = async () => {
    setWorking(true);
    setError(null);
    // A call that is repeated after a failure makes no second import.
    key.current ||= newIdempotencyKey();
    try {
      const asked = { ...newImport(value), validate_only: false };
      const created = await imports.create(asked, key.current);
      const file = heldFile(value.id);
      if (file !== null) holdFile(created.id, file);
      navigate(importAddress(created));
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <>
      <FormError error={error} />
      <div className="import-begin">
        {isTried && (
          <button
            type="button"
            className="button button-main"
            disabled={isWorking}
            onClick={() => void begin()}
          >
            {isWorking ? words.importing : words.import(value.created, importedKind(value.object).kind)}
          </button>
        )}
        <Link className="button" to={againAddress(value)}>
          {words.change}
        </Link>
      </div>
    </>
  );
}

/** The request for an import that reads its file as another one did. */
function newImport(value: FileImport) {
  const { object, file_name, source_system, mapping, external_id_column, values, date_order } = value;
  return {
    object,
    file_name,
    source_system,
    mapping: sentColumns({ mapping, external_id_column }),
    external_id_column,
    values,
    date_order,
  };
}
