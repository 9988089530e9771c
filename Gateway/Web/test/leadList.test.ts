import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  defaultSort,
  filterSentence,
  leadListAddress,
  leadSearch,
  nextSort,
  noFilters,
  readLeadList,
} from "../src/core/leadList";

describe("The address of a lead list", () => {
  test("comes back the same from what it says", () => {
    const state = {
      query: "moe's & sons + co",
      filters: { ...noFilters, status: ["new", "contacted"], owner: ["me", "none"] },
      sort: { field: "score", falling: true } as const,
      open: "lead_01h455vb4pex5vsknk084sn02q",
    };
    const address = leadListAddress(state);
    assert.deepEqual(readLeadList(address.slice("/leads".length)), state);
  });

  test("is bare for the list as it first is", () => {
    assert.equal(leadListAddress(readLeadList("")), "/leads");
  });

  test("is read without what it does not know", () => {
    const state = readLeadList("?sort=-shoe_size&status=,,new,new&colour=red");
    assert.deepEqual(state.sort, defaultSort);
    assert.deepEqual(state.filters.status, ["new"]);
  });

  test("keeps commas between values readable", () => {
    const state = { ...readLeadList(""), filters: { ...noFilters, band: ["hot", "very_hot"] } };
    assert.equal(leadListAddress(state), "/leads?band=hot,very_hot");
  });
});

describe("Asking for a lead list", () => {
  test("puts the member in the place of me and no owner in the place of nobody", () => {
    const search = leadSearch(readLeadList("?owner=me,none&status=new"), "member_1");
    const owner = `(owner_id == null || owner_id == "member_1")`;
    assert.equal(search.filter, `status == "new" && ${owner}`);
    assert.equal(leadSearch(readLeadList("?owner=none"), "x").filter, "owner_id == null");
  });

  test("orders falling where the address says so", () => {
    assert.equal(leadSearch(readLeadList("?sort=-score"), "").orderBy, "score desc");
    assert.equal(leadSearch(readLeadList("?sort=email"), "").orderBy, "email");
  });
});

describe("Choosing a header", () => {
  test("turns the present order round", () => {
    assert.deepEqual(nextSort({ field: "score", falling: true }, "score"), {
      field: "score",
      falling: false,
    });
  });

  test("starts with the highest score and the first letter", () => {
    assert.equal(nextSort(defaultSort, "score").falling, true);
    assert.equal(nextSort(defaultSort, "last_name").falling, false);
  });
});

describe("A filter as a sentence", () => {
  test("joins its values with or", () => {
    assert.equal(filterSentence("Status", ["New"]), "Status is New");
    assert.equal(filterSentence("Status", ["New", "Dead"]), "Status is New or Dead");
    assert.equal(filterSentence("Owner", ["A", "B", "C"]), "Owner is A, B or C");
  });

  test("counts the rest when there are many", () => {
    assert.equal(filterSentence("Owner", ["A", "B", "C", "D"]), "Owner is A, B or 2 others");
  });
});
