import { useState } from "react";
import { kinds } from "../../app/areas";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { explainInLine } from "../../core/problem";
import type { Member } from "../../core/types";
import { Failure } from "../../parts/Failure";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { HandoverDialog, isHandedOver } from "./HandoverDialog";
import { member as memberKind } from "./kinds";
import { MemberDialog } from "./MemberDialog";
import { MemberTable } from "./MemberTable";
import { NewMemberDialog } from "./NewMemberDialog";
import { ResetLinkDialog } from "./ResetLinkDialog";

type Asked =
  | { what: "new" }
  | { what: "edit"; member: Member }
  | { what: "handover"; member: Member }
  | { what: "reset"; member: Member; link: string };

/** Who works here, in which role, and who takes leads. */
export default function MembersSection() {
  const { api, records, permissions, notices } = useWorkspace();
  const { rows, error, reload } = useAll(memberKind);
  const undoable = useUndoable();
  const [asked, setAsked] = useState<Asked | null>(null);
  const members = rows as unknown as readonly Member[] | null;
  const close = () => setAsked(null);
  const added = () => {
    close();
    reload();
  };
  const failed = (failure: unknown) => notices.failed(explainInLine(failure));

  const reactivate = async (member: Member) => {
    try {
      await records.verb(memberKind, member.id, "reactivate");
      notices.done(words.members.canSignInAgain(member.display_name));
    } catch (failure) {
      failed(failure);
    }
  };
  const deactivate = async (member: Member) => {
    try {
      await records.verb(memberKind, member.id, "deactivate");
    } catch (failure) {
      return failed(failure);
    }
    undoable({
      label: words.members.nowDeactivated(member.display_name),
      takeBack: () => reactivate(member),
    });
    if ((await held(member.id)) > 0) setAsked({ what: "handover", member });
  };
  /** How many records of all kinds a member owns. */
  const held = async (id: string): Promise<number> => {
    const counts = await Promise.all(
      kinds
        .filter((kind) => isHandedOver(kind, permissions))
        .map((kind) => records.count(kind, isOneOf(kind.owner, [id])).catch(() => 0)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const resetPassword = async (member: Member) => {
    try {
      const link = location.origin + (await api.issuePasswordReset(member.id));
      setAsked({ what: "reset", member, link });
    } catch (failure) {
      failed(failure);
    }
  };
  return (
    <section aria-labelledby="members-title">
      <header className="screen-head">
        <h2 id="members-title">{screens.members}</h2>
        {permissions.may("member.create") && (
          <button
            type="button"
            className="button screen-action"
            onClick={() => setAsked({ what: "new" })}
          >
            {words.members.add}
          </button>
        )}
      </header>
      {error !== null && <Failure error={error} retry={reload} />}
      {rows === null && error === null && <Waiting lines={6} />}
      {members !== null && (
        <MemberTable
          members={members}
          edit={(member) => setAsked({ what: "edit", member })}
          deactivate={(member) => void deactivate(member)}
          reactivate={(member) => void reactivate(member)}
          handOver={(member) => setAsked({ what: "handover", member })}
          resetPassword={(member) => void resetPassword(member)}
        />
      )}
      {asked?.what === "new" && <NewMemberDialog onClose={close} onDone={added} />}
      {asked?.what === "edit" && <MemberDialog member={asked.member} onClose={close} onDone={close} />}
      {asked?.what === "handover" && <HandoverDialog member={asked.member} onClose={close} />}
      {asked?.what === "reset" && (
        <ResetLinkDialog name={asked.member.display_name} link={asked.link} onClose={close} />
      )}
    </section>
  );
}
