import type { ImportQuestion } from "../../core/types";
import { words as ready } from "../../words/importReady";

const words = ready.reading;

interface Props {
  questions: readonly ImportQuestion[];
  /** What is to be decided, in a sentence. */
  says: string;
}

/** Open questions where they are decided, with some of the values that they are about. */
export function Questions({ questions, says }: Props) {
  if (questions.length === 0) return null;
  const examples = [...new Set(questions.flatMap((each) => each.examples))].slice(0, 5);
  return (
    <p className="form-error import-question" role="alert">
      {says} {examples.length > 0 && <span>{words.examples(examples)}</span>}
    </p>
  );
}
