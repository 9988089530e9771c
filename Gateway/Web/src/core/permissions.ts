import type { ListedLead, Session } from "./types";

/** What the member of a session may do; the services decide, this only leaves out what they refuse. */
export class Permissions {
  private readonly granted: ReadonlySet<string>;

  constructor(private readonly session: Session) {
    this.granted = new Set(session.permissions);
  }

  may(permission: string): boolean {
    return this.granted.has(permission);
  }

  /** A rep works on their own leads; the other roles on all that they may edit. */
  mayEdit(lead: ListedLead): boolean {
    return this.may("lead.edit") && this.reaches(lead);
  }

  mayDelete(lead: ListedLead): boolean {
    return this.may("lead.delete") && this.reaches(lead);
  }

  private reaches(lead: ListedLead): boolean {
    const { member } = this.session;
    return member.role !== "rep" || lead.owner_id === member.id;
  }
}

export const roleNames: Record<string, string> = {
  admin: "Admin",
  manager: "Manager",
  rep: "Rep",
  read_only: "Read-only",
};

export const roleMeanings: Record<string, string> = {
  admin: "Everything, members and settings included",
  manager: "All leads and imports",
  rep: "Reads all leads, edits their own",
  read_only: "Reads all leads, changes nothing",
};
