// What the tests use of Node, whose types Debian does not package.
declare module "node:test" {
  export function describe(name: string, body: () => void): void;
  export function test(name: string, body: () => void | Promise<void>): void;
  export function beforeEach(body: () => void): void;
}

declare module "node:assert/strict" {
  interface Assert {
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): void;
    match(text: string, pattern: RegExp, message?: string): void;
    doesNotMatch(text: string, pattern: RegExp, message?: string): void;
    throws(body: () => unknown, check: (error: unknown) => boolean): void;
    rejects(promise: Promise<unknown>, check: (error: unknown) => boolean): Promise<void>;
  }
  const assert: Assert;
  export default assert;
}

declare module "node:fs" {
  interface Entry {
    name: string;
    isDirectory(): boolean;
  }
  export function readdirSync(folder: string, options: { withFileTypes: true }): Entry[];
  export function readFileSync(path: string, encoding: "utf8"): string;
}

declare const process: { env: Record<string, string | undefined> };
declare function setImmediate(body: (value?: unknown) => void): void;

/** The renderer for streams that are the web's, which needs nothing of Node. */
declare module "react-dom/server.browser" {
  export function renderToStaticMarkup(element: unknown): string;
}
