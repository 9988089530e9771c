import type { RecordReach } from "./api.generated";
import type { Rec, RecordKind } from "./recordKind";
import type { Session } from "./types";

/** What shares allow, as far as is known. */
interface Shares {
  may: (action: string, id: string) => boolean;
}

const noShares: Shares = { may: () => false };

/** What the session's member may do; the services decide, this only hides what they would refuse. */
export class Permissions {
  private readonly granted: ReadonlySet<string>;
  /** Which records a permission covers, if not all. */
  private readonly limits: ReadonlyMap<string, RecordReach>;
  private readonly teams: ReadonlySet<string>;
  private readonly members: ReadonlySet<string>;

  constructor(
    private readonly session: Session,
    private readonly shares: Shares = noShares,
  ) {
    this.granted = new Set(session.permissions);
    this.limits = new Map(session.reaches.map(({ permission, records }) => [permission, records] as const));
    this.teams = new Set(session.reached_team_ids);
    this.members = new Set(session.reached_member_ids);
  }

  may(permission: string): boolean {
    return this.granted.has(permission);
  }

  /** Whether one of these is granted; true if none is needed. */
  mayAny(permissions: readonly string[]): boolean {
    return permissions.length === 0 || permissions.some((each) => this.may(each));
  }

  /** Whether the member sees every record of a kind: what is not found does not exist. */
  seesAll({ object }: RecordKind): boolean {
    return this.may(`${object}.read`) && !this.limits.has(`${object}.read`);
  }

  /** Whether the member may change any record of a kind. */
  mayEditSome(kind: RecordKind): boolean {
    return this.may(`${kind.object}.edit`);
  }

  mayEdit(kind: RecordKind, record: Rec): boolean {
    return this.mayDo("edit", kind, record) && kind.locked(record) === "";
  }

  mayDelete(kind: RecordKind, record: Rec): boolean {
    return this.mayDo("delete", kind, record) && kind.locked(record) === "";
  }

  /** Whether the member may do something with a record, as far as that depends on who holds it. */
  mayDo(action: string, kind: RecordKind, record: Rec): boolean {
    const isGranted = this.may(`${kind.object}.${action}`);
    return isGranted && (this.reaches(action, kind, record) || this.shares.may(action, record.id));
  }

  /** Whether a permission for some records of a kind covers this one, by its owner, its team and who takes part. */
  reaches(action: string, kind: RecordKind, record: Rec): boolean {
    const limit = this.limits.get(`${kind.object}.${action}`);
    if (limit === undefined || kind.owner === "") return true;
    const others = record[kind.participants];
    const holders = [String(record[kind.owner] ?? ""), ...(Array.isArray(others) ? others.map(String) : [])];
    if (holders.includes(this.session.member.id)) return true;
    const isByTeams = limit === "RECORD_REACH_TEAM" || limit === "RECORD_REACH_OPEN";
    const isOfMember = holders.some((holder) => this.members.has(holder));
    return isByTeams && (isOfMember || this.teams.has(String(record[kind.team] ?? "")));
  }
}
