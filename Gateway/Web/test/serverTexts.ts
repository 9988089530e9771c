import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

// What the services say when they refuse something. The API has no codes for single rules: the web tells them
// apart by these sentences.

const sources = ["../../Services", "../../Shared", "../../Gateway/Service"];
/** A value within a Swift text: `\(list.joined(separator: ", "))`. */
const interpolation = /\\\((?:[^()"]|"[^"]*"|\([^()]*\))*\)/g;

/** The texts in the Swift sources of a folder, with "{}" for each value within them. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return textsIn(path);
    if (!path.endsWith(".swift")) return [];
    const lines = readFileSync(path, "utf8").split("\n");
    return lines.flatMap((line) =>
      [...line.replace(interpolation, "{}").matchAll(/"([^"]*)"/g)].map(([, text]) => String(text)),
    );
  });
}

const texts: ReadonlySet<string> = new Set(sources.flatMap(textsIn));

/**
 * A sentence of the services with values in it; fails where none of them says it.
 *
 * @param text - as their sources have it, with "{}" for each value
 */
export function serverText(text: string, ...values: string[]): string {
  assert.ok(texts.has(text), `no service says "${text}"`);
  let place = 0;
  return text.replace(/\{\}/g, () => String(values[place++]));
}
