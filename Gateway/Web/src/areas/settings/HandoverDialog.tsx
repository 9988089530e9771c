import { useCallback } from "react";
import { kinds } from "../../app/areas";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import type { Permissions } from "../../core/permissions";
import { FieldRefusal } from "../../core/problem";
import type { RecordKind } from "../../core/recordKind";
import type { Member } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import { Failure } from "../../parts/Failure";
import { Field } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { Progress } from "../../parts/Progress";
import { useForm } from "../../parts/useForm";
import { mayHold, memberOption } from "../../records/useChoices";
import { progressOf, useOperation } from "../../records/useOperation";
import { words as all } from "../../words/settings";

const words = all.handover;

interface Held {
  kind: RecordKind;
  count: number;
}

/** Whether the records of a kind that a member owns can be given to another one, all at once. */
export function isHandedOver(kind: RecordKind, permissions: Permissions): boolean {
  return kind.owner !== "" && !kind.lacks.has("batch") && permissions.mayEditSome(kind);
}

/** Gives all records of a member to another one. */
export function HandoverDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { records, directory, permissions } = useWorkspace();
  const { operation, run } = useOperation();
  const count = useCallback(
    async (signal?: AbortSignal): Promise<readonly Held[]> => {
      const counts = kinds
        .filter((kind) => isHandedOver(kind, permissions))
        .map(async (kind) => {
          const filter = isOneOf(kind.owner, [member.id]);
          return { kind, count: await records.count(kind, filter, signal) };
        });
      return (await Promise.all(counts)).filter(({ count }) => count > 0);
    },
    [records, permissions, member.id],
  );
  const { value: held, error, reload } = useLoaded(count);

  const form = useForm({
    initial: { owner_id: "" },
    send: async ({ owner_id: heir }) => {
      if (heir === "") throw new FieldRefusal({ owner_id: words.noHeir });
      const what = words.done(member.display_name, directory.names.record(heir));
      for (const { kind } of held ?? (await count())) {
        const filter = isOneOf(kind.owner, [member.id]);
        await run(kind, what, () => records.updateMany(kind, { filter }, { [kind.owner]: heir }));
      }
    },
    onDone: onClose,
  });
  const others = directory.members.filter((each) => each.id !== member.id && mayHold(each));
  return (
    <FormDialog
      title={words.title(member.display_name)}
      action={words.send}
      form={form}
      onClose={onClose}
    >
      {error !== null ? (
        <Failure error={error} retry={reload} />
      ) : (
        <p role="status">
          {held === null ? words.counting : words.held(member.display_name, held)}
        </p>
      )}
      {operation !== null && <Progress label={words.going} {...progressOf(operation)} />}
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
