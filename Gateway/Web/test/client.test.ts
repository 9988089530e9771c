import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient, isAbort } from "../src/core/client";
import { ApiError, explain, fieldErrors, readProblem } from "../src/core/problem";
import { serverText } from "./serverTexts";

interface Sent {
  address: string;
  request: RequestInit;
}

function clientAnswering(...answers: [status: number, body: string][]) {
  const sent: Sent[] = [];
  const client = new ApiClient(async (address, request) => {
    sent.push({ address: String(address), request: request ?? {} });
    const [status, body] = answers.shift() ?? [200, "{}"];
    return new Response(body, { status });
  });
  client.csrfToken = "token";
  return { client, sent };
}

/** Lets everything that is under way go as far as it can. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe("A call of the API", () => {
  test("leaves empty parameters out and escapes the others", async () => {
    const { client, sent } = clientAnswering();
    await client.get("/api/v1/leads", { filter: `a == "b&c"`, query: "", page_size: 50 });
    assert.equal(sent[0]?.address, "/api/v1/leads?filter=a+%3D%3D+%22b%26c%22&page_size=50");
  });

  test("proves where a change comes from, and only a change", async () => {
    const { client, sent } = clientAnswering();
    await client.get("/x");
    await client.patch("/x", { a: 1 });
    const token = (at: number) => new Headers(sent[at]?.request.headers).get("X-CSRF-Token");
    assert.deepEqual([token(0), token(1)], [null, "token"]);
    assert.equal(sent[1]?.request.body, `{"a":1}`);
  });

  test("that is refused tells the problem", async () => {
    const body = `{"title":"t","reason":"STALE_ETAG","code":"ABORTED","detail":"changed"}`;
    const { client } = clientAnswering([409, body]);
    await assert.rejects(
      client.get("/x"),
      (error) => error instanceof ApiError && error.isStale && error.message === "changed",
    );
  });

  test("that meets a proxy's page instead of a problem still tells the status", async () => {
    const { client } = clientAnswering([502, "<html>Bad gateway</html>"]);
    await assert.rejects(
      client.get("/x"),
      (error) => error instanceof ApiError && error.problem.status === 502 && error.isPassing,
    );
  });

  test("that gets no answer says that Leadmesh cannot be reached", async () => {
    const client = new ApiClient(() => Promise.reject(new TypeError("fetch failed")));
    await assert.rejects(
      client.get("/x"),
      (error) => error instanceof ApiError && error.problem.reason === "UNREACHABLE",
    );
  });

  test("that its caller gave up is an abort, not a failure", async () => {
    const client = new ApiClient((_, request) => {
      request?.signal?.throwIfAborted();
      return Promise.resolve(new Response("{}"));
    });
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(client.get("/x", {}, abort.signal), isAbort);
  });

  test("that meets the session's end is sent again once it is put right, but not a wrong password", async () => {
    const { client, sent } = clientAnswering(
      [401, `{"reason":"INVALID_CREDENTIALS"}`],
      [401, `{"reason":"TOKEN_EXPIRED"}`],
      [200, `{"a":1}`],
    );
    let recoveries = 0;
    client.recover = () => {
      recoveries += 1;
      client.csrfToken = "next token";
      return Promise.resolve(true);
    };
    await client.post("/x", {}).catch(() => undefined);
    assert.equal(recoveries, 0);
    const body = { typed: "at length" };
    assert.deepEqual(await client.post("/x", body, { idempotencyKey: "k" }), { a: 1 });
    assert.equal(recoveries, 1);
    const [, first, second] = sent.map(({ request }) => request);
    assert.equal(second?.body, first?.body);
    assert.equal(new Headers(second?.headers).get("Idempotency-Key"), "k");
    assert.equal(new Headers(second?.headers).get("X-CSRF-Token"), "next token");
  });

  test("that meets the session's end with others waits for one recovery of all of them", async () => {
    let recover: (isBack: boolean) => void = () => undefined;
    let recoveries = 0;
    let isSignedIn = false;
    const client = new ApiClient(() =>
      Promise.resolve(new Response(isSignedIn ? `{"a":1}` : "{}", { status: isSignedIn ? 200 : 401 })),
    );
    client.recover = () => {
      recoveries += 1;
      return new Promise((resolve) => {
        recover = resolve;
      });
    };
    const all = Promise.all([client.get("/x"), client.get("/y"), client.patch("/z", {})]);
    await settled();
    isSignedIn = true;
    recover(true);
    assert.deepEqual(await all, [{ a: 1 }, { a: 1 }, { a: 1 }]);
    assert.equal(recoveries, 1);
  });

  test("is refused where the session cannot be put right, or is what the call is about", async () => {
    const { client } = clientAnswering([401, "{}"], [401, "{}"], [401, "{}"]);
    let recoveries = 0;
    client.recover = () => {
      recoveries += 1;
      return Promise.resolve(recoveries > 1);
    };
    const isEnded = (error: unknown) => error instanceof ApiError && error.problem.status === 401;
    await assert.rejects(client.get("/x"), isEnded);
    await assert.rejects(client.get("/x", {}, undefined, { isAboutSession: true }), isEnded);
    assert.equal(recoveries, 1);
  });

  test("says when Leadmesh cannot be reached and when it is back, each once", async () => {
    let isThere = false;
    const client = new ApiClient(() =>
      isThere ? Promise.resolve(new Response("{}")) : Promise.reject(new TypeError("fetch failed")),
    );
    const said: boolean[] = [];
    client.reached.listen((reached) => said.push(reached));
    for (const there of [false, false, true, true]) {
      isThere = there;
      await client.get("/x").catch(() => undefined);
    }
    assert.deepEqual(said, [false, true]);
  });

  test("that was made early is not made twice", async () => {
    const { client, sent } = clientAnswering([200, `{"a":1}`]);
    client.prefetch("/x", { page_size: 10 });
    assert.deepEqual(await client.get("/x", { page_size: 10 }), { a: 1 });
    assert.equal(sent.length, 1);
    await client.get("/x", { page_size: 10 });
    assert.equal(sent.length, 2);
  });

  test("that was made early and failed is made again, even for whoever took it before it failed", async () => {
    const { client, sent } = clientAnswering([503, "{}"], [200, `{"a":1}`]);
    client.prefetch("/x");
    assert.deepEqual(await client.get("/x"), { a: 1 });
    assert.equal(sent.length, 2);
  });

  test("that was made too early, before anybody signed in, is made again", async () => {
    const { client } = clientAnswering([401, "{}"], [200, `{"a":1}`]);
    client.prefetch("/x");
    await settled();
    assert.deepEqual(await client.get("/x"), { a: 1 });
  });
});

describe("A refusal in words", () => {
  const refused = (status: number, errors: unknown = []) =>
    new ApiError(readProblem(status, { detail: "bad filter", errors }));

  test("names the field and the rule where the rule is of no known shape", () => {
    const error = refused(400, [{ field: "lead.company_size", rule: "is odd" }]);
    assert.equal(explain(error).title, "Company size is odd.");
  });

  test("says so when somebody else was faster", () => {
    const stale = new ApiError(readProblem(409, { detail: "etag", reason: "STALE_ETAG" }));
    assert.match(explain(stale).title, /^Someone else changed this/);
  });

  test("says what is allowed to owners only", () => {
    const detail = serverText("you may {} only what you or your team own", "edit");
    const error = new ApiError(readProblem(403, { detail }));
    assert.equal(explain(error).title, "You may edit only what you or your team own.");
  });

  test("says what to do when a role does not allow it", () => {
    assert.match(explain(refused(403)).advice, /administrator/);
  });

  test("never shows the inside of a page's own mistake", () => {
    assert.equal(explain(new TypeError("x is undefined")).advice, "Reload the page.");
  });

  test("is tied to the fields that are shown, whatever their path", () => {
    const error = refused(400, [
      { field: "lead.email", rule: "must be an e-mail address" },
      { field: "lead.annual_revenue.currency", rule: "must be known" },
      { field: "lead.website", rule: "must be short" },
      { nonsense: true },
    ]);
    assert.deepEqual(fieldErrors(error, ["email", "annual_revenue"]), {
      email: "Enter an e-mail address.",
      annual_revenue: "Must be known.",
    });
  });
});

describe("A file", () => {
  const asking = (...answers: Response[]) => {
    const sent: RequestInit[] = [];
    const client = new ApiClient(async (_, request) => {
      sent.push(request ?? {});
      return answers.shift() ?? new Response("{}", { status: 500 });
    });
    return { client, sent };
  };
  const headers = { "Content-Disposition": `attachment; filename="leads.csv"` };

  test("is asked for in a body, whatever its length, and has the server's name", async () => {
    const { client, sent } = asking(new Response("id\r\n", { headers }));
    const ids = Array.from({ length: 1000 }, (_, number) => `lead_${number}`);
    const file = await client.file("/api/v1/leads:export", { ids });
    assert.equal(file.name, "leads.csv");
    assert.equal(await file.content.text(), "id\r\n");
    assert.equal(sent[0]?.body, JSON.stringify({ ids }));
  });

  test("that breaks off is none", async () => {
    const content = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode("id")),
      pull: (controller) => controller.error(new TypeError("network error")),
    });
    const { client } = asking(new Response(content, { headers }));
    await assert.rejects(
      client.file("/x", {}),
      (error) => error instanceof ApiError && error.problem.reason === "UNREACHABLE",
    );
  });

  test("is asked for again once the session is put right, and refused like any other call", async () => {
    const ended = new Response(`{"reason":"UNAUTHENTICATED"}`, { status: 401 });
    const { client, sent } = asking(ended, new Response("id", { headers }));
    client.recover = async () => true;
    assert.equal(await (await client.file("/x", { ids: ["a"] })).content.text(), "id");
    assert.equal(sent.length, 2);
    const refused = asking(new Response(`{"reason":"PERMISSION_DENIED"}`, { status: 403 }));
    await assert.rejects(
      refused.client.file("/x", {}),
      (error) => error instanceof ApiError && error.isForbidden,
    );
  });
});

describe("A call whose session has ended", () => {
  const ended: [number, string] = [401, `{"reason":"TOKEN_EXPIRED"}`];
  const isEnded = (error: unknown) => error instanceof ApiError && error.problem.status === 401;

  test("is sent once more for the person who asked it", async () => {
    const { client, sent } = clientAnswering(ended);
    client.person = "dana";
    client.recover = async () => true;
    await client.patch("/x", { a: 1 });
    assert.equal(sent.length, 2);
  });

  test("is never sent as somebody else who signed in meanwhile", async () => {
    const { client, sent } = clientAnswering(ended);
    client.person = "dana";
    client.recover = async () => {
      client.person = "marcus";
      return true;
    };
    await assert.rejects(client.patch("/x", { a: 1 }), isEnded);
    assert.equal(sent.length, 1);
  });

  test("asks for no sign-in where its person has signed out, or somebody else has begun", async () => {
    for (const next of ["", "marcus"]) {
      let recoveries = 0;
      const answers: ((answer: Response) => void)[] = [];
      const client = new ApiClient(() => new Promise((resolve) => answers.push(resolve)));
      client.person = "dana";
      client.recover = async () => {
        recoveries += 1;
        return true;
      };
      const call = client.patch("/x", { a: 1 });
      client.person = next;
      answers[0]?.(new Response(ended[1], { status: 401 }));
      await assert.rejects(call, isEnded);
      assert.deepEqual([answers.length, recoveries], [1, 0]);
    }
  });
});
