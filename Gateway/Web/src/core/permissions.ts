import type { Rec, RecordKind } from "./recordKind";
import type { Session } from "./types";

/** What the member of a session may do; the services decide, this only leaves out what they refuse. */
export class Permissions {
  private readonly granted: ReadonlySet<string>;

  constructor(private readonly session: Session) {
    this.granted = new Set(session.permissions);
  }

  may(permission: string): boolean {
    return this.granted.has(permission);
  }

  /** Whether one of these is granted; true where none is needed. */
  mayAny(permissions: readonly string[]): boolean {
    return permissions.length === 0 || permissions.some((each) => this.may(each));
  }

  /** Whether somebody may change any record of a kind. */
  mayEditSome(kind: RecordKind): boolean {
    return this.may(`${kind.object}.edit`);
  }

  mayEdit(kind: RecordKind, record: Rec): boolean {
    return this.mayEditSome(kind) && this.reaches(kind, record);
  }

  mayDelete(kind: RecordKind, record: Rec): boolean {
    return this.may(`${kind.object}.delete`) && this.reaches(kind, record);
  }

  /** A rep works on what they own; the other roles on all that they may edit. */
  private reaches(kind: RecordKind, record: Rec): boolean {
    const { member } = this.session;
    return member.role !== "rep" || kind.owner === "" || record[kind.owner] === member.id;
  }
}
