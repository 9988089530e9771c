import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { neededFields } from "../src/core/needed";
import { ApiError, readProblem } from "../src/core/problem";
import { parcel } from "./fixtureKind";

const refusal = (fields: string[], status = 400) =>
  new ApiError(readProblem(status, { errors: fields.map((field) => ({ field, rule: "must have a value" })) }));
const needed = (failure: unknown, sent: string[] = ["status"]) =>
  neededFields(parcel, failure, sent).map(({ name }) => name);

describe("What a change needs besides", () => {
  test("is what the service names", () => {
    assert.deepEqual(needed(refusal(["worth", "carrier"])), ["worth", "carrier"]);
    assert.deepEqual(needed(refusal(["worth.currency", "worth.amount_minor"])), ["worth"]);
  });

  test("is nothing where what was sent is at fault, too", () => {
    assert.deepEqual(needed(refusal(["status", "worth"])), []);
    assert.deepEqual(needed(refusal(["worth"]), ["status", "worth"]), []);
  });

  test("is nothing that people cannot give, or that is no field", () => {
    assert.deepEqual(needed(refusal(["id"])), []);
    assert.deepEqual(needed(refusal(["unheard_of"])), []);
    assert.deepEqual(needed(refusal(["worth", "unheard_of"])), []);
  });

  test("is nothing after another failure", () => {
    assert.deepEqual(needed(refusal(["worth"], 409)), []);
    assert.deepEqual(needed(refusal([])), []);
    assert.deepEqual(needed(new Error("away")), []);
  });
});
