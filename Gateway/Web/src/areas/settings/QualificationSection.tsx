import { tenantPath, useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import type { Tenant } from "../../core/api.generated";
import { FieldRefusal } from "../../core/problem";
import { Failure } from "../../parts/Failure";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Waiting } from "../../parts/Waiting";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/qualificationSettings";
import { words as screens } from "../../words/settingScreens";

/** How leads are qualified, and what happens to those that are ready to be converted. */
export default function QualificationSection() {
  const { value, error, reload } = useTenant();
  return (
    <section aria-labelledby="qualification-title">
      <h2 id="qualification-title">{screens.qualification}</h2>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={6} />}
      {value !== null && <QualificationForm tenant={value} reload={reload} />}
    </section>
  );
}

/** By the API's names; numbers as typed. */
interface Values {
  bant_minimum: string;
  conversion_score: string;
  risk_medium_from: string;
  risk_high_from: string;
  convert_unqualified: boolean;
  convert_automatically: boolean;
}

const numbers = ["bant_minimum", "conversion_score", "risk_medium_from", "risk_high_from"] as const;

function QualificationForm({ tenant, reload }: { tenant: Tenant; reload: () => void }) {
  const { api, notices } = useWorkspace();
  const form = useForm<Values>({
    name: "qualification",
    initial: valuesOf(tenant),
    send: async (values) => {
      const settings = settingsOf(values);
      const update_mask = Object.keys(settings)
        .map((name) => `settings.${name}`)
        .join(",");
      await api.client.patch(tenantPath, { settings, etag: tenant.etag }, { update_mask });
    },
    onDone: () => {
      notices.done(words.saved);
      reload();
    },
  });
  const { convert_unqualified, convert_automatically } = form.values;
  return (
    <form ref={form.element} className="settings-form" onSubmit={form.submit} noValidate>
      <FormError error={form.failure} />
      <fieldset className="choice-list">
        <legend>{words.ready}</legend>
        <div className="form-pair">
          <TextField
            label={words.bant}
            hint={words.bantHint}
            inputMode="numeric"
            {...form.text("bant_minimum")}
          />
          <TextField
            label={words.score}
            hint={words.scoreHint}
            inputMode="numeric"
            {...form.text("conversion_score")}
          />
        </div>
      </fieldset>
      <fieldset className="choice-list">
        <legend>{words.risk}</legend>
        <div className="form-pair">
          <TextField label={words.medium} inputMode="numeric" {...form.text("risk_medium_from")} />
          <TextField label={words.high} inputMode="numeric" {...form.text("risk_high_from")} />
        </div>
      </fieldset>
      <fieldset className="choice-list">
        <legend>{words.conversion}</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={convert_unqualified}
            onChange={(event) => form.set({ convert_unqualified: event.target.checked })}
          />
          {words.unqualified}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={convert_automatically}
            aria-describedby="convert-automatically"
            onChange={(event) => form.set({ convert_automatically: event.target.checked })}
          />
          {words.automatic}
        </label>
        <p id="convert-automatically" className="field-hint">
          {words.automaticHint}
        </p>
      </fieldset>
      <button type="submit" className="button button-main" disabled={form.isWorking || !form.isDirty}>
        {words.save}
      </button>
    </form>
  );
}

function valuesOf({ settings }: Tenant): Values {
  return {
    bant_minimum: String(settings?.bant_minimum ?? ""),
    conversion_score: String(settings?.conversion_score ?? ""),
    risk_medium_from: String(settings?.risk_medium_from ?? ""),
    risk_high_from: String(settings?.risk_high_from ?? ""),
    convert_unqualified: settings?.convert_unqualified ?? false,
    convert_automatically: settings?.convert_automatically ?? false,
  };
}

/**
 * The settings as the API takes them.
 *
 * @throws FieldRefusal - naming the fields that are not a valid number of points
 */
function settingsOf(values: Values): Record<string, number | boolean> {
  const settings: Record<string, number | boolean> = {
    convert_unqualified: values.convert_unqualified,
    convert_automatically: values.convert_automatically,
  };
  const refusals: Record<string, string> = {};
  for (const name of numbers) {
    const points = values[name].trim();
    if (/^\d{1,3}$/.test(points) && Number(points) <= 100) settings[name] = Number(points);
    else refusals[name] = words.noPoints;
  }
  if (Object.keys(refusals).length > 0) throw new FieldRefusal(refusals);
  if (Number(settings["risk_high_from"]) <= Number(settings["risk_medium_from"])) {
    throw new FieldRefusal({ risk_high_from: words.notHigher });
  }
  return settings;
}
