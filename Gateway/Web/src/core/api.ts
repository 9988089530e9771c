import { decodeMember, decodeRescoring } from "./api.generated";
import { type ApiClient, newIdempotencyKey } from "./client";
import { keep, kept } from "./kept";
import { ApiError } from "./problem";
import { at } from "./recordApi";
import { SavedViews } from "./savedViews";
import { sessionOf } from "./session";
import { SessionKeeper } from "./sessionKeeper";
import { signedIn, tellSignOut } from "./sessionTabs";
import { Signal } from "./signal";
import type { Member, Rescoring, Session } from "./types";

/** The calls that differ between kinds of records; `RecordApi` has the common ones. */
export class Api {
  readonly keeper = new SessionKeeper();
  /** The session, whenever it was read: another tab may have begun another member's. */
  readonly sessions = new Signal<Session>();
  readonly views: SavedViews;

  constructor(readonly client: ApiClient) {
    this.views = new SavedViews(client);
  }

  async session(): Promise<Session> {
    try {
      const raw = await this.client.get("/api/v1/auth:session", {}, undefined, aboutSession);
      const session = sessionOf(raw);
      this.client.csrfToken = session.csrf_token;
      const { id, role } = session.member;
      this.client.person = id;
      keep(signedIn, JSON.stringify({ id, role }));
      this.sessions.send(session);
      return session;
    } catch (error) {
      if (isSignedOut(error)) keep(signedIn, null);
      throw error;
    }
  }

  /** The session that this browser had, renewed if only its token has expired. */
  async resumed(): Promise<Session> {
    const wasSignedIn = this.lastMember !== null;
    try {
      return await this.session();
    } catch (error) {
      if (!isSignedOut(error) || !wasSignedIn || !(await this.renewed())) throw error;
      return this.session();
    }
  }

  async signIn(email: string, password: string): Promise<Session> {
    await this.client.post("/api/v1/auth:login", { email, password }, aboutSession);
    this.keeper.began();
    return this.session();
  }

  /** Renews the session of a member who was active until now; false when it has ended. */
  async renewed(): Promise<boolean> {
    this.keeper.renewed();
    try {
      const body = { idle_seconds: Math.min(this.keeper.idleSeconds, 86_400) };
      await this.client.post("/api/v1/auth:renew", body, aboutSession);
      await this.session();
      return true;
    } catch (failure) {
      // If the server cannot be reached now, the session has not ended.
      return failure instanceof ApiError && failure.isPassing;
    }
  }

  /** Ends the session, in all tabs of the browser. If this fails, the session may go on. */
  async signOut(): Promise<void> {
    const logout = () => this.client.post("/api/v1/auth:logout", {}, aboutSession);
    try {
      await logout();
    } catch (failure) {
      if (!isSignedOut(failure)) throw failure;
      // Perhaps only the access token has expired: the session ends only when it is told to.
      if (await this.renewed()) await logout();
    }
    this.forgetPerson();
    tellSignOut();
  }

  /** Forgets the member of this page. */
  forgetPerson(): void {
    this.client.person = "";
    this.client.csrfToken = "";
    keep(signedIn, null);
  }

  async changePassword(current: string, next: string): Promise<void> {
    const body = { current_password: current, new_password: next };
    await this.client.post("/api/v1/auth:changePassword", body);
  }

  async createMember(values: Partial<Member>, password: string): Promise<Member> {
    return decodeMember(
      await this.client.post(
        "/api/v1/members",
        { member: values, password },
        { idempotencyKey: newIdempotencyKey() },
      ),
    );
  }

  /** The path of a page on which a member sets a password, valid once and for a day. */
  async issuePasswordReset(id: string): Promise<string> {
    const raw = await this.client.post(`${at("/api/v1/members", id)}:issuePasswordReset`, {});
    return `/reset#${(raw as { token: string }).token}`;
  }

  async resetPassword(token: string, password: string): Promise<void> {
    const body = { token, new_password: password };
    await this.client.post("/api/v1/auth:resetPassword", body, aboutSession);
  }

  async rescoring(signal?: AbortSignal): Promise<Rescoring> {
    return decodeRescoring(await this.client.get("/api/v1/rescoring", {}, signal));
  }

  /** The member who was last signed in here, if it is likely that requesting data early is of use; else null. */
  get lastMember(): Member | null {
    try {
      const member = decodeMember(JSON.parse(kept(signedIn) ?? ""));
      return member.id === "" ? null : member;
    } catch {
      return null;
    }
  }
}

/** Whether a call was refused because no member is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401;
}

const aboutSession = { isAboutSession: true };
