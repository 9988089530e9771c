import { FirstPlace } from "./firstPlace";
import { ApiError, readProblem, unreachable } from "./problem";
import { Signal } from "./signal";

export type Query = Record<string, string | number | undefined>;

interface Sending {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Makes a repeated call have its effect only once. */
  idempotencyKey?: string;
  /** The end of the session is a response to this call, and nothing to recover from first. */
  isAboutSession?: boolean;
}

/** A file as the server names it. */
export interface ServedFile {
  name: string;
  content: Blob;
}

/** An early response that is not used within so many milliseconds is outdated. */
const earlyFor = 10_000;

/** The REST API of the tenant whose host this page came from, under the session's cookie. */
export class ApiClient {
  /** Proves that a change comes from this page; see the session. */
  csrfToken = "";
  /** The id of this page's member, who makes all calls until another one does; "" while there is none. */
  person = "";
  /**
   * Recovers the session once it has ended, which may take until the member has signed in again: the
   * calls that failed because of it are then repeated, so that nothing typed is lost, but only for the member
   * who made them. False if it cannot.
   */
  recover: () => Promise<boolean> = () => Promise.resolve(false);
  /** Whether the last call was answered, announced whenever that changes. */
  readonly reached = new Signal<boolean>();

  /** The place of the events before any request was sent. */
  readonly firstPlace = new FirstPlace();

  private readonly early = new Map<string, { answer: Promise<unknown>; until: number }>();
  private recovering: Promise<boolean> | null = null;
  private isReached = true;

  constructor(private readonly transport: typeof fetch = (...call) => fetch(...call)) {}

  /** Requests now what the page will need in a moment: the next `get` of the same uses it. */
  prefetch(path: string, query: Query = {}): void {
    const address = withQuery(path, query);
    const answer = this.send("GET", path, { query, isAboutSession: true });
    answer.catch(() => this.early.delete(address));
    this.early.set(address, { answer, until: Date.now() + earlyFor });
  }

  get<T>(
    path: string,
    query: Query = {},
    signal?: AbortSignal,
    sending: Pick<Sending, "isAboutSession"> = {},
  ): Promise<T> {
    const address = withQuery(path, query);
    const early = this.early.get(address);
    this.early.delete(address);
    const ask = () => this.send<T>("GET", path, { ...sending, query, signal });
    // A request that was sent too early may have failed for that reason alone.
    if (early === undefined || early.until < Date.now()) return ask();
    return (early.answer as Promise<T>).catch(ask);
  }

  post<T>(path: string, body: unknown, sending: Omit<Sending, "body"> = {}): Promise<T> {
    return this.send<T>("POST", path, { ...sending, body });
  }

  patch<T>(path: string, body: unknown, query: Query = {}): Promise<T> {
    return this.send<T>("PATCH", path, { body, query });
  }

  delete(path: string, query: Query = {}): Promise<unknown> {
    return this.send("DELETE", path, { query });
  }

  /** A file that is made for this call. It is read to its end: an incomplete one is an error. */
  async file(path: string, body?: unknown): Promise<ServedFile> {
    const response = await this.granted(body === undefined ? "GET" : "POST", path, { body });
    const named = /filename="([^"]*)"/.exec(response.headers.get("Content-Disposition") ?? "");
    try {
      return { name: named?.[1] ?? "", content: await response.blob() };
    } catch {
      throw new ApiError(unreachable);
    }
  }

  private async send<T>(method: string, path: string, sending: Sending): Promise<T> {
    return (await readJSON(await this.granted(method, path, sending))) as T;
  }

  /** The response to a call that was not refused. */
  private async granted(method: string, path: string, sending: Sending): Promise<Response> {
    const asker = this.person;
    const response = await this.answer(method, path, sending);
    if (response.ok) return response;
    const problem = readProblem(response.status, await readJSON(response));
    const hasEnded = response.status === 401 && problem.reason !== "INVALID_CREDENTIALS";
    const isOfAsker = () => this.person === asker;
    if (hasEnded && !sending.isAboutSession && isOfAsker() && (await this.recovered()) && isOfAsker()) {
      return this.granted(method, path, { ...sending, isAboutSession: true });
    }
    throw new ApiError(problem);
  }

  /** Recovers the session: one recovery for all calls that met the same end. */
  recovered(): Promise<boolean> {
    this.recovering ??= this.recover().finally(() => {
      this.recovering = null;
    });
    return this.recovering;
  }

  private async answer(method: string, path: string, sending: Sending): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRF-Token"] = this.csrfToken;
    if (sending.body !== undefined) headers["Content-Type"] = "application/json";
    if (sending.idempotencyKey) headers["Idempotency-Key"] = sending.idempotencyKey;
    const request: RequestInit = { method, headers, credentials: "same-origin" };
    if (sending.body !== undefined) request.body = JSON.stringify(sending.body);
    if (sending.signal) request.signal = sending.signal;
    // A response to a login is not data that is shown.
    const isShown = method === "GET" || sending.isAboutSession !== true;
    if (isShown) Object.assign(headers, this.firstPlace.headers);
    try {
      const call = this.transport(withQuery(path, sending.query ?? {}), request);
      if (isShown) this.firstPlace.watch(call);
      const response = await call;
      this.setReached(true);
      return response;
    } catch (error) {
      if (isAbort(error)) throw error;
      this.setReached(false);
      throw new ApiError(unreachable);
    }
  }

  private setReached(reached: boolean): void {
    if (this.isReached === reached) return;
    this.isReached = reached;
    this.reached.send(reached);
  }
}

/** Whether a call ended because its caller aborted it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** A unique key: 128 random bits. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A path with its query. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function readJSON(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (isAbort(error)) throw error;
    if (response.ok) throw new ApiError(unreachable);
    return {};
  }
}
