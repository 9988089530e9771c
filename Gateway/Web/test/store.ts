import { ApiClient } from "../src/core/client";
import { RecordApi } from "../src/core/recordApi";
import type { Rec } from "../src/core/recordKind";
import { RecordStore } from "../src/core/recordStore";
import { parcel } from "./fixtureKind";

/** A parcel as the API answers with it. */
export function rec(id: string, etag: string, values: Record<string, unknown> = {}): Rec {
  return parcel.decode({ id, etag, ...values });
}

/** A request that waits for its answer. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: Headers;
  answer: (body: unknown, status?: number) => Promise<void>;
  fail: () => Promise<void>;
  isAborted: () => boolean;
}

/** An API whose answers come when and in whichever order a test gives them. */
export function slowApi() {
  const asked: Asked[] = [];
  const client = new ApiClient((address, request) => {
    const url = new URL(String(address), "https://x");
    const signal = request?.signal;
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => {
        const error = new Error("aborted");
        error.name = "AbortError";
        reject(error);
      });
      asked.push({
        method: request?.method ?? "GET",
        path: url.pathname,
        query: url.searchParams,
        body: JSON.parse(String(request?.body ?? "{}")) as Record<string, unknown>,
        headers: new Headers(request?.headers),
        answer: (body, status = 200) => {
          resolve(new Response(JSON.stringify(body), { status }));
          return settled();
        },
        fail: () => {
          reject(new TypeError("fetch failed"));
          return settled();
        },
        isAborted: () => signal?.aborted === true,
      });
    });
  });
  const store = new RecordStore();
  const api = new RecordApi(client, store);
  /** The oldest request that no test has taken yet. */
  const next = (): Asked => {
    const first = asked.shift();
    if (first === undefined) throw new Error("nothing was asked");
    return first;
  };
  return { api, store, asked, next };
}

/** Lets everything that is under way go as far as it can without an answer. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

export const stale = { reason: "STALE_ETAG", code: "ABORTED", detail: "changed" };
