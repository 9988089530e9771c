import { tenantPath, useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import type { Tenant } from "../../core/api.generated";
import { FieldRefusal } from "../../core/problem";
import { Failure } from "../../parts/Failure";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Waiting } from "../../parts/Waiting";
import { useForm } from "../../parts/useForm";
import { words as screens } from "../../words/settingScreens";
import { words as all } from "../../words/taskSettings";

const words = all.alerts;
const mostHours = 8760;

/** When the managers of those who do a task hear that it is overdue. */
export default function OverdueSection() {
  const { value, error, reload } = useTenant();
  return (
    <section aria-labelledby="overdue-title">
      <h2 id="overdue-title">{screens.overdueTasks}</h2>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={3} />}
      {value !== null && <OverdueForm tenant={value} reload={reload} />}
    </section>
  );
}

function OverdueForm({ tenant, reload }: { tenant: Tenant; reload: () => void }) {
  const { api, notices } = useWorkspace();
  const form = useForm({
    name: "overdue tasks",
    initial: { overdue_escalation_hours: String(tenant.settings?.overdue_escalation_hours ?? "") },
    send: async ({ overdue_escalation_hours: typed }) => {
      const hours = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0;
      if (hours < 1 || hours > mostHours) throw new FieldRefusal({ overdue_escalation_hours: words.noHours });
      const body = { settings: { overdue_escalation_hours: hours }, etag: tenant.etag };
      await api.client.patch(tenantPath, body, { update_mask: "settings.overdue_escalation_hours" });
    },
    onDone: () => {
      notices.done(words.saved);
      reload();
    },
  });
  return (
    <form ref={form.element} className="settings-form" onSubmit={form.submit} noValidate>
      <FormError error={form.failure} />
      <TextField
        label={words.hours}
        unit={words.unit}
        inputMode="numeric"
        {...form.text("overdue_escalation_hours")}
      />
      <button type="submit" className="button button-main" disabled={form.isWorking || !form.isDirty}>
        {words.save}
      </button>
    </form>
  );
}
