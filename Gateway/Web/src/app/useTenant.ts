import { useCallback } from "react";
import { decodeTenant, type Tenant } from "../core/api.generated";
import { type Loaded, useLoaded } from "./hooks";
import { useWorkspace } from "./workspace";

/** Where the API has the tenant and its settings. */
export const tenantPath = "/api/v1/tenant";

/** The tenant with its settings, as they are when first shown. */
export function useTenant(): Loaded<Tenant> {
  const { api } = useWorkspace();
  const load = useCallback(
    async (signal: AbortSignal) => decodeTenant(await api.client.get(tenantPath, {}, signal)),
    [api],
  );
  return useLoaded(load);
}
