// Holds the code to one catalogue of words, and to its layers. What a person reads or hears stands in
// src/words, and nowhere else: fails with file, line and text for each literal that a person would see. What
// a folder imports stands below it: fails with each import that does not.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const ts = require("/usr/share/nodejs/typescript");

/** Fields of what parts are given that people read or hear. */
const saidFields = new Set("title label placeholder hint reason advice detail says".split(" "));
/** Attributes of elements and parts that are. */
const saidAttributes = new Set([
  ...saidFields,
  ..."aria-label aria-description aria-roledescription aria-valuetext data-label".split(" "),
  ..."alt help action note what about".split(" "),
]);
/** Functions and errors whose argument is shown: `notices.done(…)`, `new Refusal(…)`. */
const saidCalls = /(^|\.)(useTitle|done|failed|Refusal|FieldRefusal)$/;
/** Text that reads as the beginning of a sentence, or stands beside a value within one. */
const sentence = /^[A-Z][a-z]+[ ,:]|\{\}:? [a-z]{2,}($| [^[\\])/;
const letter = /\p{L}/u;
/** A code of the API or of a currency. */
const code = /^[A-Z_]+$/;

/**
 * The texts of a file that belong into the catalogue.
 *
 * @param {string} path - tells TypeScript from TSX
 * @param {string} source
 * @returns {{line: number, text: string}[]}
 */
export function saidTexts(path, source) {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true, kind);
  const found = new Map();
  const add = (node, text) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.set(node, { line: line + 1, text: text.trim().replace(/\s+/g, " ") });
  };
  const addValues = (node) => {
    for (const [each, text] of values(node)) if (letter.test(text) && !code.test(text)) add(each, text);
  };
  const visit = (node) => {
    if (ts.isJsxText(node) && letter.test(node.text)) add(node, node.text);
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) addValues(node.expression);
    else if (ts.isJsxAttribute(node) && saidAttributes.has(node.name.getText())) addValues(node.initializer);
    else if (ts.isPropertyAssignment(node) && saidFields.has(node.name.getText())) addValues(node.initializer);
    else if (isShown(node)) node.arguments?.forEach(addValues);
    else if (isSentence(node)) add(node, textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()];
}

/** The literals that an expression may have for its value. */
function values(node) {
  if (node === undefined) return [];
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) return values(node.expression);
  if (ts.isConditionalExpression(node)) return [...values(node.whenTrue), ...values(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...values(node.left), ...values(node.right)].filter(isKept(node));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? values(each.initializer) : []));
  }
  const text = textOf(node);
  return text === undefined ? [] : [[node, text]];
}

/** What is only compared is not said. */
function isKept({ operatorToken: { kind } }) {
  const { PlusToken, BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;
  return () => [PlusToken, BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken].includes(kind);
}

/** The text of a literal, with "{}" for each value in a template; undefined for what is none. */
function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join("");
}

function isShown(node) {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  return saidCalls.test(node.expression.getText());
}

/** A sentence wherever it stands, unless it is for programmers, or no text at all. */
function isSentence(node) {
  const text = textOf(node);
  if (text === undefined || !sentence.test(text)) return false;
  const { parent } = node;
  if (ts.isNewExpression(parent) && parent.expression.getText() === "Error") return false;
  return !ts.isLiteralTypeNode(parent) && !isMarkup(node);
}

/** Classes, styles and the like. */
function isMarkup(node) {
  for (let each = node.parent; each !== undefined; each = each.parent) {
    if (ts.isJsxAttribute(each)) return !saidAttributes.has(each.name.getText());
    if (ts.isStatement(each)) return false;
  }
  return false;
}

/** What each folder of src may import, as beginnings of paths; the others may import everything. */
const below = ["words/", "core/"];
const forScreens = "areas firstLoad hooks lazyScreen scrollMemory useUndoable workspace".split(" ");
const layers = {
  words: below,
  core: below,
  parts: [...below, "parts/"],
  records: [...below, "parts/", "records/", ...forScreens.map((module) => `app/${module}$`)],
  app: [...below, "parts/", "app/"],
};
/** What single files of the frame may besides: they put the screens together. */
const joints = {
  "app/areas.ts": ["areas/"],
  "app/App.tsx": ["screens/"],
  "app/firstLoad.ts": ["areas/leads/LeadList$", "areas/home/common$"],
};

/**
 * The imports of a file that its folder may not have.
 *
 * @param {string} path - below src
 * @param {string} source
 * @returns {{line: number, imported: string}[]}
 */
export function strayImports(path, source) {
  const allowed = layers[path.split("/")[0]];
  if (allowed === undefined) return [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found = [];
  const check = (node, named) => {
    if (!named.startsWith(".")) return;
    const imported = normalize(join(dirname(path), named));
    const isAllowed = [...allowed, ...(joints[path] ?? [])].some((each) => `${imported}$`.startsWith(each));
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    if (!isAllowed) found.push({ line: line + 1, imported });
  };
  const visit = (node) => {
    if (ts.isStringLiteral(node) && isImported(node)) check(node, node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether a text names a module. */
function isImported({ parent }) {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".generated.ts") ? [path] : [];
  });
}

const root = dirname(fileURLToPath(import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const src = join(root, "src");
  const exempt = ["words", "debug"].map((folder) => join(src, folder));
  const report = (path, line, fault) => {
    console.error(`${relative(root, path)}:${line}: ${fault}`);
    process.exitCode = 1;
  };
  for (const path of sources(src)) {
    const source = readFileSync(path, "utf8");
    for (const { line, imported } of strayImports(relative(src, path), source)) {
      report(path, line, `must not import ${imported}: README.md says what may import what`);
    }
    if (exempt.includes(dirname(path))) continue;
    for (const { line, text } of saidTexts(path, source)) report(path, line, `"${text}" belongs in src/words`);
  }
}
