import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findRoute, matchPath, wayOutFrom } from "../src/core/routes";

describe("A path", () => {
  test("fits a pattern step by step, and gives what stands in the places that are open", () => {
    assert.deepEqual(matchPath("/leads", "/leads"), {});
    assert.deepEqual(matchPath("/leads", "/leads/"), {});
    assert.deepEqual(matchPath("/leads/:id", "/leads/lead_1"), { id: "lead_1" });
    assert.deepEqual(matchPath("/:area/:id", "/leads/lead_1"), { area: "leads", id: "lead_1" });
    for (const path of ["/", "/lead", "/leads/1/2", "/LEADS"]) assert.equal(matchPath("/leads", path), null);
    assert.equal(matchPath("/leads/:id", "/leads"), null);
  });

  test("has its parts as they were before they were put into an address", () => {
    for (const id of ["a/b", "a?b", "ü 😀", "..", "%"]) {
      assert.deepEqual(matchPath("/leads/:id", `/leads/${encodeURIComponent(id)}`), { id });
    }
    assert.deepEqual(matchPath("/leads/:id", "/leads/%E0%A4%A"), { id: "%E0%A4%A" });
  });

  test("leads to the first screen that it fits", () => {
    const routes = [{ path: "/imports/new" }, { path: "/imports/:id" }, { path: "/" }];
    assert.equal(findRoute(routes, "/imports/new")?.route.path, "/imports/new");
    assert.deepEqual(findRoute(routes, "/imports/import_1")?.parts, { id: "import_1" });
    assert.equal(findRoute(routes, "/")?.route.path, "/");
    assert.equal(findRoute(routes, "/nowhere"), null);
  });
});

describe("The way out of a screen that cannot be shown", () => {
  const leads = { address: "/leads", title: "Leads" };
  const imports = { address: "/imports", title: "Imports" };
  const open = [leads, imports];

  test("leads to where its own area begins", () => {
    assert.equal(wayOutFrom(open, imports, "/imports/import_1"), imports);
    assert.equal(wayOutFrom(open, leads, "/leads?open=lead_1"), leads);
  });

  test("leads to the first other area from there, and from one that one may not use", () => {
    assert.equal(wayOutFrom(open, leads, "/leads"), imports);
    assert.equal(wayOutFrom([leads], imports, "/imports/import_1"), leads);
    assert.equal(wayOutFrom([leads], leads, "/leads"), null);
  });
});
