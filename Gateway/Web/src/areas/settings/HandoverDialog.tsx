import { useEffect, useState } from "react";
import { kinds } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { FieldRefusal } from "../../core/problem";
import type { RecordKind } from "../../core/recordKind";
import type { Member } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import { Field } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { mayHold, memberOption } from "../../records/useChoices";
import { words as all } from "../../words/settings";

const words = all.handover;

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
      if (heir === "") throw new FieldRefusal({ owner_id: words.noHeir });
      for (const { kind } of held ?? []) {
        const filter = isOneOf(kind.owner, [member.id]);
        await records.updateMany(kind, { filter }, { [kind.owner]: heir });
      }
      return directory.names.record(heir);
    },
    onDone: (name) => {
      notices.done(words.done(held ?? [], member.display_name, name));
      onClose();
    },
  });
  const others = directory.members.filter((each) => each.id !== member.id && mayHold(each));
  return (
    <FormDialog
      title={words.title(member.display_name)}
      action={words.send}
      form={form}
      onClose={onClose}
    >
      <p role="status">
        {held === null ? words.counting : words.held(member.display_name, held)}
      </p>
      <Field
        label={words.to}
        error={form.errors["owner_id"]}
        control={(wiring) => (
          <Combobox
            label={words.to}
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
