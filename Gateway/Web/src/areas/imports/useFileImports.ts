import { useMemo } from "react";
import { useWorkspace } from "../../app/workspace";
import { FileImports, type ImportService } from "../../core/fileImports";

/** The imports of a service. */
export function useFileImports(service: ImportService): FileImports {
  const { client } = useWorkspace().api;
  return useMemo(() => new FileImports(client, service), [client, service]);
}
