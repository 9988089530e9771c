import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient, isAbort } from "../src/core/client";
import { ApiError, explain, fieldErrors, readProblem } from "../src/core/problem";

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

  test("after the session has ended says so, but not for a wrong password", async () => {
    const { client } = clientAnswering(
      [401, `{"reason":"INVALID_CREDENTIALS"}`],
      [401, `{"reason":"TOKEN_EXPIRED"}`],
    );
    let ended = 0;
    client.onSignedOut = () => {
      ended += 1;
    };
    await client.get("/x").catch(() => undefined);
    assert.equal(ended, 0);
    await client.get("/x").catch(() => undefined);
    assert.equal(ended, 1);
  });

  test("that was made early is not made twice", async () => {
    const { client, sent } = clientAnswering([200, `{"a":1}`]);
    client.prefetch("/x", { page_size: 10 });
    assert.deepEqual(await client.get("/x", { page_size: 10 }), { a: 1 });
    assert.equal(sent.length, 1);
    await client.get("/x", { page_size: 10 });
    assert.equal(sent.length, 2);
  });

  test("that was made too early, before anybody signed in, is made again", async () => {
    const { client } = clientAnswering([401, "{}"], [200, `{"a":1}`]);
    client.prefetch("/x");
    await new Promise((resolve) => setTimeout(resolve));
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
    assert.match(explain(stale).title, /^Somebody else changed this/);
  });

  test("says what to do when a role does not allow it", () => {
    assert.match(explain(refused(403)).advice, /administrator/);
  });

  test("never shows the inside of a page's own mistake", () => {
    assert.equal(explain(new TypeError("x is undefined")).advice, "Load the page again.");
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
