import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Api } from "../src/core/api";
import { ApiClient } from "../src/core/client";
import { ApiError } from "../src/core/problem";
import { hearTabs } from "../src/core/sessionTabs";

let stored = new Map<string, string>();
Object.defineProperty(globalThis, "localStorage", {
  configurable: true,
  value: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  },
});

/** An API whose session is good, expired or over. */
function apiWith(state: { session: "good" | "expired" | "over" | "away" }) {
  const sent: string[] = [];
  const api = new Api(
    new ApiClient(async (address) => {
      const path = String(address).replace("/api/v1/auth:", "");
      sent.push(path);
      if (state.session === "away") throw new TypeError("fetch failed");
      if (path === "renew" && state.session === "expired") state.session = "good";
      const body = { member: { id: "member_1", role: "rep" }, csrf_token: "token" };
      return new Response(JSON.stringify(body), { status: state.session === "good" ? 200 : 401 });
    }),
  );
  return { api, sent };
}

const isEnded = (error: unknown) => error instanceof ApiError && error.problem.status === 401;

beforeEach(() => {
  stored = new Map();
});

describe("The session that a browser had", () => {
  const remember = () => stored.set("leadmesh.signedIn", JSON.stringify({ id: "member_1", role: "rep" }));

  test("is gone on with, and who it is of remembered", async () => {
    const { api, sent } = apiWith({ session: "good" });
    assert.equal((await api.resumed()).member.id, "member_1");
    assert.deepEqual(sent, ["session"]);
    assert.equal(api.client.csrfToken, "token");
    assert.equal(api.lastMember?.id, "member_1");
  });

  test("is renewed where only its token has expired", async () => {
    remember();
    const { api, sent } = apiWith({ session: "expired" });
    assert.equal((await api.resumed()).member.id, "member_1");
    assert.equal(sent[1], "renew");
  });

  test("is over where it cannot be renewed, and then nobody is remembered", async () => {
    remember();
    const { api } = apiWith({ session: "over" });
    await assert.rejects(api.resumed(), isEnded);
    assert.equal(api.lastMember, null);
  });

  test("is not renewed for whoever was not signed in here", async () => {
    const { api, sent } = apiWith({ session: "over" });
    await assert.rejects(api.resumed(), isEnded);
    assert.deepEqual(sent, ["session"]);
  });

  test("is still remembered when Leadmesh cannot be reached", async () => {
    remember();
    const { api } = apiWith({ session: "away" });
    await assert.rejects(api.resumed(), (error) => error instanceof ApiError && error.isPassing);
    assert.equal(api.lastMember?.id, "member_1");
    assert.ok(await api.renewed());
  });

  test("is nobody's where the memory is broken", () => {
    for (const text of ["", "{", "null", "{}", "7"]) {
      stored.set("leadmesh.signedIn", text);
      assert.equal(apiWith({ session: "good" }).api.lastMember, null);
    }
  });
});

describe("Signing out", () => {
  /** An API whose calls get these statuses one after the other, and then 204. */
  const apiAnswering = (...statuses: number[]) => {
    const sent: string[] = [];
    const client = new ApiClient(async (address) => {
      sent.push(String(address).replace("/api/v1/auth:", ""));
      const status = statuses.shift() ?? 204;
      return new Response(status === 204 ? null : "{}", { status });
    });
    client.person = "member_1";
    return { api: new Api(client), sent };
  };

  test("leaves nobody on the page, and tells the other tabs", async () => {
    const { api, sent } = apiAnswering();
    await api.signOut();
    assert.deepEqual([api.client.person, api.client.csrfToken, api.lastMember], ["", "", null]);
    assert.deepEqual(sent, ["logout"]);
    assert.ok(stored.has("leadmesh.signedOut"));
  });

  test("fails where the session may go on, and changes nothing", async () => {
    const { api } = apiAnswering(503);
    await assert.rejects(api.signOut(), (error) => error instanceof ApiError && error.isPassing);
    assert.equal(api.client.person, "member_1");
    assert.ok(!stored.has("leadmesh.signedOut"));
  });

  test("goes on where only the short token has expired", async () => {
    const { api, sent } = apiAnswering(401, 200, 200);
    await api.signOut();
    assert.deepEqual(sent, ["logout", "renew", "session", "logout"]);
  });

  test("is done where the session is over already", async () => {
    const { api } = apiAnswering(401, 401);
    await api.signOut();
    assert.equal(api.client.person, "");
  });
});

describe("A tab", () => {
  test("hears of others that a session was ended or begun, and of nothing else", () => {
    const heard: string[] = [];
    let tell: (event: { key: string; newValue: string | null }) => void = () => undefined;
    const page = {
      addEventListener: (_: string, listener: unknown) => {
        tell = listener as typeof tell;
      },
      removeEventListener: () => undefined,
    };
    hearTabs({ signedOut: () => heard.push("out"), signedIn: () => heard.push("in") }, page);
    tell({ key: "leadmesh.signedOut", newValue: "1" });
    tell({ key: "leadmesh.signedIn", newValue: "{}" });
    // A session that expired is no longer remembered, and was not ended.
    tell({ key: "leadmesh.signedIn", newValue: null });
    tell({ key: "leadmesh.theme", newValue: "dark" });
    assert.deepEqual(heard, ["out", "in"]);
  });
});
