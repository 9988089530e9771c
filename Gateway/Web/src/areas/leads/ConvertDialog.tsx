import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import {
  type ConvertLeadResponse,
  decodeLeadConversionCandidates,
  decodePipeline,
  decodeTenant,
} from "../../core/api.generated";
import * as json from "../../core/json";
import { at } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { Dialog } from "../../parts/Dialog";
import { Failure } from "../../parts/Failure";
import { words } from "../../words/conversion";
import { Became } from "./Conversion";
import { ConvertForm, type ConversionChoices } from "./ConvertForm";
import { lead, leadName } from "./lead";

interface Props {
  record: Rec;
  onClose: () => void;
}

/** Converts a lead: finds what it may be about, asks what to make of it, and shows the result. */
export function ConvertDialog({ record, onClose }: Props) {
  const [done, setDone] = useState<ConvertLeadResponse | null>(null);
  // The dialog keeps the name that the lead had when it opened.
  const [name] = useState(() => leadName(record));
  const { value, error, reload } = useLoaded(useChoicesOf(record.id));
  if (done !== null) {
    return (
      <Dialog title={words.done.title(name)} onClose={onClose}>
        <div className="dialog-content">
          <p role="status">{words.done.what}</p>
          <Became account={done.account_id} contact={done.contact_id} deal={done.deal_id} />
          <div className="dialog-foot">
            <button type="button" className="button button-main" onClick={onClose}>
              {words.done.close}
            </button>
          </div>
        </div>
      </Dialog>
    );
  }
  if (value !== null) return <ConvertForm {...{ record, onClose }} choices={value} onDone={setDone} />;
  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <div className="dialog-content" aria-busy={error === null}>
        {error === null ? <p role="status">{words.loading}</p> : <Failure error={error} retry={reload} />}
      </div>
    </Dialog>
  );
}

/** Loads everything to choose from. */
function useChoicesOf(id: string): (signal: AbortSignal) => Promise<ConversionChoices> {
  const { records, permissions } = useWorkspace();
  const mayMakeDeals = permissions.may("deal.create");
  return useCallback(
    async (signal) => {
      const ask = (path: string) => records.client.get(path, {}, signal);
      const [candidates, tenant, pipelines] = await Promise.all([
        ask(`${at(lead.api, id)}:conversionCandidates`),
        ask("/api/v1/tenant"),
        mayMakeDeals ? ask("/api/v1/pipelines") : { pipelines: [] },
      ]);
      const { settings } = decodeTenant(tenant);
      return {
        candidates: decodeLeadConversionCandidates(candidates),
        pipelines: json.list(json.object(pipelines)["pipelines"], decodePipeline),
        currency: settings?.currency || "USD",
        convertsUnqualified: settings?.convert_unqualified ?? false,
      };
    },
    [records, id, mayMakeDeals],
  );
}
