import "../../app/firstLoad";
import { useState } from "react";
import { tenantPath, useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import type { ExchangeRate, Tenant } from "../../core/api.generated";
import { currencyOptions, rateFault, rateOf } from "../../core/exchangeRates";
import { locale } from "../../core/format";
import { FieldRefusal } from "../../core/problem";
import { Combobox } from "../../parts/Combobox";
import { Failure } from "../../parts/Failure";
import { Field } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Waiting } from "../../parts/Waiting";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/currencies";
import { words as screens } from "../../words/settingScreens";
import { RateRows } from "./RateRows";

/** The tenant's currency, and a fixed rate for each other one. */
export default function CurrenciesSection() {
  const { value, error, reload } = useTenant();
  return (
    <section aria-labelledby="currencies-title">
      <h2 id="currencies-title">{screens.currencies}</h2>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={6} />}
      {value !== null && <CurrenciesForm tenant={value} reload={reload} />}
    </section>
  );
}

interface Values {
  currency: string;
  exchange_rates: readonly ExchangeRate[];
}

function CurrenciesForm({ tenant, reload }: { tenant: Tenant; reload: () => void }) {
  const { api, notices } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const present = tenant.settings?.currency ?? "";
  const form = useForm<Values>({
    name: "currencies",
    initial: { currency: present, exchange_rates: tenant.settings?.exchange_rates ?? [] },
    send: async ({ currency, exchange_rates }) => {
      setShowsFaults(true);
      if (exchange_rates.some((rate) => rateFault(rate, currency, exchange_rates) !== "")) {
        throw new FieldRefusal({ exchange_rates: words.faults.rates });
      }
      const rates = exchange_rates.map((each) => ({ ...each, rate: rateOf(each.rate) ?? each.rate }));
      const body = { settings: { currency, exchange_rates: rates }, etag: tenant.etag };
      await api.client.patch(tenantPath, body, { update_mask: "settings.currency,settings.exchange_rates" });
    },
    onDone: () => {
      setShowsFaults(false);
      notices.done(words.saved);
      reload();
    },
  });
  const { currency, exchange_rates: rates } = form.values;
  const options = currencyOptions([present, ...rates.map((each) => each.currency)], locale);
  return (
    <form ref={form.element} className="settings-form" onSubmit={form.submit} noValidate>
      <FormError error={form.failure} />
      <Field
        label={words.own}
        hint={words.ownHint}
        error={form.errors["currency"]}
        control={(wiring) => (
          <Combobox label={words.own} options={options} {...form.field("currency")} {...wiring} />
        )}
      />
      {currency !== present && rates.length > 0 && (
        <p className="form-note" role="status">
          {words.ownChanged}
        </p>
      )}
      <RateRows
        own={currency}
        rates={rates}
        options={options}
        showsFaults={showsFaults}
        error={form.errors["exchange_rates"]}
        onChange={(exchange_rates) => form.set({ exchange_rates })}
      />
      <button type="submit" className="button button-main" disabled={form.isWorking || !form.isDirty}>
        {words.save}
      </button>
    </form>
  );
}
