import { fieldWords, ruleWords, withoutKeys } from "./ruleWords";
import { words } from "../words/problems";

/** One field that broke a rule. */
export interface FieldProblem {
  field: string;
  rule: string;
}

/** The REST API's error: RFC 9457, with the mesh's own code and reason. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  /** Canonical code, such as "ABORTED". */
  code: string;
  /** One of the closed list of reasons, such as "STALE_ETAG". */
  reason: string;
  errors: FieldProblem[];
  /** Further details, such as the present etag. */
  metadata: Readonly<Record<string, string>>;
}

/** A call that did not succeed. `status` 0 means that no response came at all. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
  }

  get isStale(): boolean {
    return this.problem.status === 409 && this.problem.reason === "STALE_ETAG";
  }

  get isMissing(): boolean {
    return this.problem.status === 404;
  }

  get isForbidden(): boolean {
    return this.problem.status === 403;
  }

  /** Whether the same call may succeed in a moment. */
  get isPassing(): boolean {
    return [0, 429, 502, 503, 504].includes(this.problem.status);
  }
}

/** Why this page itself did not do something, in words for people. */
export class Refusal extends Error {}

/** The member changed their mind about a change: nothing failed. */
export class GivenUp extends Refusal {}

/** What this page itself refuses in a form: a sentence for each field at fault. */
export class FieldRefusal extends Refusal {
  constructor(readonly fields: Record<string, string>) {
    super(Object.values(fields)[0]);
  }
}

export const unreachable: Problem = {
  title: words.unreachable.title,
  status: 0,
  detail: words.unreachable.advice,
  code: "UNAVAILABLE",
  reason: "UNREACHABLE",
  errors: [],
  metadata: {},
};

/** The problem in a response's body, whatever a proxy may have put there instead. */
export function readProblem(status: number, body: unknown): Problem {
  const given: Record<string, unknown> =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const text = (key: string, otherwise: string) =>
    typeof given[key] === "string" ? (given[key] as string) : otherwise;
  return {
    title: text("title", words.failed),
    status,
    detail: text("detail", ""),
    code: text("code", "UNKNOWN"),
    reason: text("reason", ""),
    errors: Array.isArray(given["errors"]) ? given["errors"].filter(isFieldProblem) : [],
    metadata: metadataOf(given["metadata"]),
  };
}

function metadataOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === "string"));
}

function isFieldProblem(value: unknown): value is FieldProblem {
  const candidate = value as Partial<FieldProblem> | null;
  return typeof candidate?.field === "string" && typeof candidate.rule === "string";
}

/** A failure in words: what happened and what to do. */
export interface Explanation {
  title: string;
  advice: string;
}

export function explain(error: unknown): Explanation {
  if (error instanceof Refusal) return { title: error.message, advice: "" };
  if (!(error instanceof ApiError)) {
    return words.broken;
  }
  const { problem } = error;
  const rules = problem.errors.map((each) => {
    const said = ruleWords({ ...each, reason: problem.reason });
    return sentence(said ?? `${fieldWords(each.field)} ${withoutKeys(each.rule)}`);
  });
  if (error.isStale) return words.stale;
  switch (problem.status) {
    case 0:
      return { title: problem.title, advice: problem.detail };
    case 403:
      if (problem.reason === "TENANT_SUSPENDED") {
        return words.suspended;
      }
      if (problem.detail.startsWith("you may ")) {
        return { title: sentence(problem.detail), advice: "" };
      }
      return words.forbidden;
    case 404:
      return words.missing;
    case 429:
      return words.tooMany;
    case 502:
    case 503:
    case 504:
      return words.unavailable;
    default:
      return {
        title: rules[0] ?? sentence(problem.detail || problem.title),
        advice: rules.slice(1).join(" "),
      };
  }
}

/** A failure in one line. */
export function explainInLine(error: unknown): string {
  const { title, advice } = explain(error);
  return advice ? `${sentence(title)} ${advice}` : sentence(title);
}

/**
 * What to do about the broken rules, by field, for the fields that a form shows; a path such as
 * "lead.email" means the field "email".
 *
 * @param thing - the noun for the record: "status"
 */
export function fieldErrors(
  error: unknown,
  shown: readonly string[],
  thing?: string,
): Record<string, string> {
  if (error instanceof FieldRefusal) return error.fields;
  const found: Record<string, string> = {};
  if (!(error instanceof ApiError)) return found;
  for (const broken of error.problem.errors) {
    const steps = broken.field.split(".");
    const name = shown.find((each) => steps.includes(each));
    if (name === undefined || found[name] !== undefined) continue;
    const said = ruleWords({ ...broken, reason: error.problem.reason }, thing);
    found[name] = sentence(said ?? withoutKeys(broken.rule));
  }
  return found;
}

/** With a capital and a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.:]$/.test(start) ? start : `${start}.`;
}
