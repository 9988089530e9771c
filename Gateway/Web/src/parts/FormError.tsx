import { explainInLine } from "../core/problem";

/** Why a form could not be sent, where no single field is at fault. */
export function FormError({ error }: { error: unknown }) {
  if (error === null) return null;
  return (
    <p className="form-error" role="alert">
      {explainInLine(error)}
    </p>
  );
}
