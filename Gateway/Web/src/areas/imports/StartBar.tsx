import { useRef, useState } from "react";
import { newIdempotencyKey } from "../../core/client";
import { sentColumns } from "../../core/importMapping";
import { type DecidedAt, questionsAt } from "../../core/importReading";
import { navigate } from "../../core/navigation";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/imports";
import { words as ready } from "../../words/importReady";
import { importAddress, newImportAddress } from "./address";
import { heldFile, holdFile } from "./heldFiles";
import { importedKind } from "./kinds";
import type { ReadyProps } from "./ReadyImport";

const words = ready.start;

/** The headings of what is decided. */
const headings: Readonly<Record<DecidedAt, string>> = {
  columns: "import-columns",
  numbers: "import-numbers",
  dates: "import-numbers",
  values: "import-values",
};

interface Props extends ReadyProps {
  /** What the columns lack, in sentences. */
  gaps: readonly string[];
}

/** Starts the import; always in reach, and says what has to be decided before. */
export function StartBar(props: Props) {
  const { followed, value, reading, questions, gaps, isMine } = props;
  const { kind } = importedKind(value.object);
  const isStarting = followed.asked === "start";
  const isDecided = questions.length === 0 && gaps.length === 0;
  const isReady = isDecided && isMine;
  const isDry = value.validate_only;
  return (
    <div className="import-start" role="region" aria-label={words.name}>
      <div role="status" className="import-start-says">
        {followed.isChanging ? (
          <span className="muted">{words.readingAgain}</span>
        ) : isDecided ? (
          <span className="muted">{words.ready(reading.rows, kind)}</span>
        ) : (
          <Open {...props} />
        )}
      </div>
      <FormError error={followed.error} />
      <div className="import-begin">
        <button
          type="button"
          className="button button-main"
          disabled={!isReady || isStarting}
          onClick={() => followed.order("start")}
        >
          {isStarting ? words.starting : isDry ? words.startDryRun : words.start}
        </button>
        {!isDry && <DryRun {...props} isReady={isReady && !isStarting && !followed.isChanging} />}
        <button
          type="button"
          className="button"
          disabled={!isMine}
          onClick={() => {
            followed.order("cancel");
            navigate(newImportAddress(value.object));
          }}
        >
          {words.another}
        </button>
        <button
          type="button"
          className="button-quiet"
          disabled={followed.asked === "cancel"}
          onClick={() => followed.order("cancel")}
        >
          {all.cancel}
        </button>
      </div>
    </div>
  );
}

/** What has to be decided, each with the way to where that is done. */
function Open({ questions, gaps }: Props) {
  const places = (Object.keys(headings) as DecidedAt[]).filter((place) => questionsAt(questions, place).length > 0);
  return (
    <>
      {gaps.map((gap) => (
        <p key={gap} className="import-gap">
          {gap}
        </p>
      ))}
      {places.length > 0 && <span>{words.open} </span>}
      {places.map((place) => (
        <button
          key={place}
          type="button"
          className="button-quiet"
          onClick={() => document.getElementById(headings[place])?.focus()}
        >
          {words.decide[place]}
        </button>
      ))}
    </>
  );
}

/** Says what an import would do: an import of the same file that makes nothing. */
function DryRun({ followed, value, reading, settings, isReady }: Props & { isReady: boolean }) {
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef("");
  const begin = async () => {
    setWorking(true);
    setError(null);
    // A call that is repeated after a failure makes no second import.
    key.current ||= newIdempotencyKey();
    const { source_system, external_id_column, values, date_order, choices } = settings;
    const { object, file_name } = value;
    try {
      const made = await followed.calls.create(
        {
          object,
          file_name,
          source_system,
          mapping: sentColumns(reading.columns, settings),
          external_id_column,
          values,
          date_order,
          choices,
          validate_only: true,
        },
        key.current,
      );
      const file = heldFile(value.id);
      if (file !== null) holdFile(made.id, file, true);
      navigate(importAddress(made, { tries: value.id }));
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={!isReady || isWorking} onClick={() => void begin()}>
        {isWorking ? words.dryRunStarting : words.dryRun}
      </button>
      <FormError error={error} />
    </>
  );
}
