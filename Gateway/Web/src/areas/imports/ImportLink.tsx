import { useWorkspace } from "../../app/workspace";
import type { RecordKind } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { words } from "../../words/importScreens";
import { newImportAddress } from "./address";

/** The imports of kinds whose service has imports of its own, in permissions. */
const ownImports: Readonly<Record<string, string>> = { lead: "import", task: "task_import" };

/** The address for importing a file of a kind; undefined for members who may not. */
export function useImportAddress(kind: RecordKind): string | undefined {
  const { permissions } = useWorkspace();
  const object = ownImports[kind.object] ?? "record_import";
  return permissions.may(`${object}.create`) ? newImportAddress(kind.object) : undefined;
}

/** A link from an empty list to the import of a file; nothing for members who may not import. */
export function ImportLink({ kind }: { kind: RecordKind }) {
  const address = useImportAddress(kind);
  if (address === undefined) return null;
  return (
    <Link className="button button-main" to={address}>
      {words.importOf(kind)}
    </Link>
  );
}
