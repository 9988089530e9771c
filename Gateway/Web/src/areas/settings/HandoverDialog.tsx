import { useEffect, useState } from "react";
import { kinds } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { formatNumber } from "../../core/format";
import { FieldRefusal } from "../../core/problem";
import type { RecordKind } from "../../core/recordKind";
import type { Member } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import { Field } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { mayHold, memberOption } from "../../records/useChoices";

interface Held {
  kind: RecordKind;
  count: number;
}

/** Gives all that somebody holds to another member. */
export function HandoverDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { records, directory, notices } = useWorkspace();
  const [held, setHeld] = useState<readonly Held[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const counts = kinds
      .filter((kind) => kind.owner !== "")
      .map(async (kind) => {
        const filter = isOneOf(kind.owner, [member.id]);
        return { kind, count: await records.count(kind, filter, abort.signal).catch(() => 0) };
      });
    void Promise.all(counts).then((all) => {
      if (!abort.signal.aborted) setHeld(all.filter(({ count }) => count > 0));
    });
    return () => abort.abort();
  }, [records, member.id]);

  const form = useForm({
    initial: { owner_id: "" },
    send: async ({ owner_id: heir }) => {
      if (heir === "") throw new FieldRefusal({ owner_id: "Choose who gets it." });
      for (const { kind } of held ?? []) {
        const filter = isOneOf(kind.owner, [member.id]);
        await records.updateMany(kind, { filter }, { [kind.owner]: heir });
      }
      return directory.names.record(heir);
    },
    onDone: (name) => {
      notices.done(`${words(held ?? [])} of ${member.display_name} go to ${name}`);
      onClose();
    },
  });
  const others = directory.members.filter((each) => each.id !== member.id && mayHold(each));
  return (
    <FormDialog
      title={`Hand over the work of ${member.display_name}`}
      action="Hand over"
      form={form}
      onClose={onClose}
    >
      <p role="status">
        {held === null
          ? "Counting…"
          : held.length === 0
            ? `${member.display_name} holds nothing.`
            : `${member.display_name} holds ${words(held)}.`}
      </p>
      <Field
        label="Give it to"
        error={form.errors["owner_id"]}
        control={(wiring) => (
          <Combobox
            label="Give it to"
            options={others.map(memberOption)}
            value={form.values.owner_id}
            onChange={(heir) => form.set({ owner_id: heir })}
            {...wiring}
          />
        )}
      />
    </FormDialog>
  );
}

/** "12 leads and 3 deals". */
function words(held: readonly Held[]): string {
  const parts = held.map(
    ({ kind, count }) => `${formatNumber(count)} ${count === 1 ? kind.one : kind.many}`,
  );
  return parts.length === 0 ? "Nothing" : parts.join(" and ");
}
