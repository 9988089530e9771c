import assert from "node:assert/strict";
import type { RecordPage } from "../src/core/recordApi";
import { RecordList } from "../src/core/recordList";
import { settled } from "./store";

/** A page that was asked for and waits for its answer. */
interface Asked {
  token: string;
  isEnd: boolean;
  answer: (page?: Partial<RecordPage>) => Promise<void>;
  fail: () => Promise<void>;
  signal: AbortSignal;
}

/** The rows of a server, whose pages begin after a row and end before one, whatever comes and goes between. */
export function server(count: number, size = 100) {
  const rows = Array.from({ length: count }, (_, place) => `r${place}`);
  const asked: Asked[] = [];
  const pageFor = (token: string, isEnd: boolean): RecordPage => {
    const [way = "", id = ""] = token.split(" ");
    const at = rows.indexOf(id);
    const end = isEnd ? rows.length : way === "before" ? at : at + 1 + size;
    const start = isEnd || way === "before" ? Math.max(0, end - size) : at + 1;
    const ids = rows.slice(start, end);
    const isLast = start + ids.length >= rows.length;
    return {
      ids,
      next: isLast ? "" : `after ${ids[ids.length - 1]}`,
      previous: start === 0 ? "" : `before ${ids[0]}`,
      total: rows.length,
      more: false,
    };
  };
  const list = new RecordList((from, signal) => {
    const token = "token" in from ? from.token : "";
    const isEnd = "end" in from;
    return new Promise((resolve, reject) => {
      asked.push({
        token,
        isEnd,
        answer: (page = {}) => {
          resolve({ ...pageFor(token, isEnd), ...page });
          return settled();
        },
        fail: () => {
          reject(new Error("away"));
          return settled();
        },
        signal,
      });
    });
  });
  const next = (): Asked => {
    const first = asked.shift();
    if (first === undefined) throw new Error("nothing was asked");
    return first;
  };
  /** Answers all that is asked, and what that leads to. */
  const answerAll = async () => {
    while (asked.length > 0) await next().answer();
  };
  return { list, rows, asked, next, answerAll };
}

export async function loaded(count: number, wanted: number) {
  const all = server(count);
  all.list.want(0, wanted);
  await all.answerAll();
  return all;
}

export const isOnce = (ids: readonly string[]) => assert.equal(new Set(ids).size, ids.length);
