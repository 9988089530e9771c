import "../../app/firstLoad";
import "../../app/laterStyles";
import { useState } from "react";
import { tenantPath, useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import type { BusinessHours, Holiday, Tenant } from "../../core/api.generated";
import { formatMoney } from "../../core/format";
import { localeOptions } from "../../core/locales";
import { FieldRefusal } from "../../core/problem";
import { holidayFault, hoursFault, sentHours } from "../../core/workCalendar";
import { Combobox } from "../../parts/Combobox";
import { Failure } from "../../parts/Failure";
import { Field, SelectField, TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Waiting } from "../../parts/Waiting";
import { useForm } from "../../parts/useForm";
import { zones } from "../../records/useChoices";
import { words as screens } from "../../words/settingScreens";
import { words } from "../../words/workspace";
import { HolidayRows } from "./HolidayRows";
import { HoursRows } from "./HoursRows";

/** The name of the tenant, and the calendar that all of its members work by. */
export default function WorkspaceSection() {
  const { value, error, reload } = useTenant();
  return (
    <section aria-labelledby="workspace-title">
      <h2 id="workspace-title">{screens.workspace}</h2>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={8} />}
      {value !== null && <WorkspaceForm tenant={value} reload={reload} />}
    </section>
  );
}

/** By the API's names. */
interface Values {
  display_name: string;
  time_zone: string;
  locale: string;
  fiscal_year_start_month: string;
  business_hours: readonly BusinessHours[];
  holidays: readonly Holiday[];
}

const mask = [
  "display_name",
  ...["time_zone", "locale", "fiscal_year_start_month", "business_hours", "holidays"].map((name) => `settings.${name}`),
].join(",");

/** An amount that shows how others are written. */
const shownAmount = "123450";

function WorkspaceForm({ tenant, reload }: { tenant: Tenant; reload: () => void }) {
  const { api, notices, directory } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const form = useForm<Values>({
    name: "workspace",
    initial: valuesOf(tenant),
    send: async (values) => {
      setShowsFaults(true);
      refuseFaults(values);
      const { display_name, fiscal_year_start_month: month, business_hours, ...others } = values;
      const settings = {
        ...others,
        fiscal_year_start_month: Number(month),
        business_hours: sentHours(business_hours),
      };
      const body = { display_name: display_name.trim(), settings, etag: tenant.etag };
      await api.client.patch(tenantPath, body, { update_mask: mask });
    },
    onDone: () => {
      setShowsFaults(false);
      notices.done(words.saved);
      reload();
      directory.reload();
    },
  });
  const { time_zone, locale, business_hours, holidays } = form.values;
  const currency = tenant.settings?.currency ?? "USD";
  return (
    <form ref={form.element} className="settings-form" onSubmit={form.submit} noValidate>
      <FormError error={form.failure} />
      <TextField label={words.name} maxLength={200} {...form.text("display_name")} />
      <Field
        label={words.zone}
        hint={words.zoneHint}
        error={form.errors["time_zone"]}
        control={(wiring) => (
          <Combobox
            label={words.zone}
            options={zones()}
            known={[{ value: time_zone, label: time_zone.replace(/_/g, " ") }]}
            {...form.field("time_zone")}
            {...wiring}
          />
        )}
      />
      <Field
        label={words.locale}
        hint={words.localeHint(formatMoney({ amount_minor: shownAmount, currency }, { locale, currency }))}
        error={form.errors["locale"]}
        control={(wiring) => (
          <Combobox label={words.locale} options={localeOptions(locale)} {...form.field("locale")} {...wiring} />
        )}
      />
      <SelectField
        label={words.fiscalYear}
        hint={words.fiscalYearHint}
        {...form.text("fiscal_year_start_month")}
      >
        {words.months.map((month, place) => (
          <option key={month} value={place + 1}>
            {month}
          </option>
        ))}
      </SelectField>
      <HoursRows
        hours={business_hours}
        showsFaults={showsFaults}
        error={form.errors["business_hours"]}
        onChange={(next) => form.set({ business_hours: next })}
      />
      <HolidayRows
        holidays={holidays}
        showsFaults={showsFaults}
        error={form.errors["holidays"]}
        onChange={(next) => form.set({ holidays: next })}
      />
      <button type="submit" className="button button-main" disabled={form.isWorking || !form.isDirty}>
        {words.save}
      </button>
    </form>
  );
}

function valuesOf({ display_name, settings }: Tenant): Values {
  return {
    display_name,
    time_zone: settings?.time_zone ?? "",
    locale: settings?.locale ?? "",
    fiscal_year_start_month: String(settings?.fiscal_year_start_month ?? 1),
    business_hours: settings?.business_hours ?? [],
    holidays: settings?.holidays ?? [],
  };
}

/** @throws FieldRefusal - naming the fields at fault */
function refuseFaults({ display_name, business_hours, holidays }: Values): void {
  const refusals: Record<string, string> = {};
  if (display_name.trim() === "") refusals["display_name"] = words.faults.workspaceName;
  if (business_hours.some((each) => hoursFault(each, business_hours) !== "")) {
    refusals["business_hours"] = words.faults.hours;
  }
  if (holidays.some((each) => holidayFault(each, holidays) !== "")) refusals["holidays"] = words.faults.holidays;
  if (Object.keys(refusals).length > 0) throw new FieldRefusal(refusals);
}
