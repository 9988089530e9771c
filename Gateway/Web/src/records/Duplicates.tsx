import { useCallback } from "react";
import { useLoaded } from "../app/hooks";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import { isOneOf } from "../core/cel";
import { resolveDuplicate } from "../core/duplicates";
import { explainInLine } from "../core/problem";
import { listedFields, type Rec, recordAddress, type RecordKind } from "../core/recordKind";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { Section } from "../parts/Section";
import { words } from "../words/duplicates";

/** The field with the original of a duplicate, in kinds whose service detects duplicates. */
const repeats = "duplicate_of";

/** Says of which record this one is a duplicate, at the top of its page. */
export function RepeatsNote({ kind, record }: { kind: RecordKind; record: Rec }) {
  const { names } = useWorkspace().directory;
  const original = String(record[repeats] ?? "");
  if (original === "") return null;
  return (
    <p className="form-note">
      {words.repeats}{" "}
      <Link to={recordAddress(kind, original)}>
        <bdi>{names.record(original) || words.older(kind)}</bdi>
      </Link>
    </p>
  );
}

/** The original of this record, and its duplicates; who may edit can mark each as no duplicate. */
export function Duplicates({ kind, record }: { kind: RecordKind; record: Rec }) {
  const { records, store, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const { id } = record;
  const original = String(record[repeats] ?? "");
  const load = useCallback(
    async (signal: AbortSignal) => {
      const filter = isOneOf(repeats, [id]);
      const search = { filter, query: "", orderBy: "create_time" };
      const [first, later] = await Promise.all([
        original === "" ? null : records.get(kind, original, signal).catch(() => null),
        records.list(kind, search, listedFields(kind), { token: "" }, signal),
      ]);
      return { first, repeats: later.ids.flatMap((each) => store.get(each) ?? []) };
    },
    [records, store, kind, id, original],
  );
  const { value, error, reload } = useLoaded(load);
  if (error !== null) {
    return (
      <Section title={words.title}>
        <Failure error={error} retry={reload} />
      </Section>
    );
  }
  if (value === null || (original === "" && value.repeats.length === 0)) return null;

  const tellApart = async (one: Rec) => {
    try {
      await resolveDuplicate(records, kind, one.id, "skipped");
      const takeBack = async () => {
        await resolveDuplicate(records, kind, one.id, "none");
        reload();
      };
      undoable({ label: words.isNone(kind.title(one)), takeBack, about: one.id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
    reload();
  };
  const tellApartButton = (one: Rec) =>
    permissions.mayEdit(kind, one) && (
      <button
        type="button"
        className="button-quiet"
        aria-label={words.tellApart(kind.title(one))}
        onClick={() => void tellApart(one)}
      >
        {words.none}
      </button>
    );

  return (
    <Section title={words.title}>
      {original !== "" && (
        <p>
          {words.repeats}{" "}
          <Link to={recordAddress(kind, original)}>
            <bdi>{value.first === null ? words.older(kind) : kind.title(value.first)}</bdi>
          </Link>{" "}
          {tellApartButton(record)}
        </p>
      )}
      {value.repeats.length > 0 && (
        <>
          <p>{words.repeatedBy}</p>
          <ul className="relatives">
            {value.repeats.map((each) => (
              <li key={each.id}>
                <Link to={recordAddress(kind, each.id)}>
                  <bdi>{kind.title(each)}</bdi>
                </Link>{" "}
                {tellApartButton(each)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
