import { useWorkspace } from "../../app/workspace";
import type { RecordKind } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { words } from "../../words/importScreens";
import { newImportAddress } from "./address";

/** Where a file of a kind is imported; undefined for who may not. */
export function useImportAddress(kind: RecordKind): string | undefined {
  const { permissions } = useWorkspace();
  const object = kind.object === "lead" ? "import" : "record_import";
  return permissions.may(`${object}.create`) ? newImportAddress(kind.object) : undefined;
}

/** Leads from an empty list to the import of a file; nothing for who may not import. */
export function ImportLink({ kind }: { kind: RecordKind }) {
  const address = useImportAddress(kind);
  if (address === undefined) return null;
  return (
    <Link className="button button-main" to={address}>
      {words.importOf(kind)}
    </Link>
  );
}
