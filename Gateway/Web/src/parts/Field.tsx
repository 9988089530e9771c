import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

interface Common {
  label: string;
  /** Why the value is refused; "" if it is not. */
  error?: string | undefined;
  /** What to enter, where the label does not say enough. */
  hint?: ReactNode;
}

interface Wiring {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

/** A control with its label and hint, and with its error connected to it. */
export function Field({
  label,
  error,
  hint,
  control,
}: Common & { control: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {control({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

/** A box followed by the unit of its number, such as "%"; the box alone without a unit. */
export function WithUnit({ unit, children }: { unit: string | undefined; children: ReactNode }) {
  if (unit === undefined) return <>{children}</>;
  return (
    <span className="with-unit">
      {children}
      <span className="muted">{unit}</span>
    </span>
  );
}

interface Unit {
  /** The unit of its number: "%". */
  unit?: string | undefined;
}

export function TextField({
  label,
  error,
  hint,
  unit,
  ...input
}: Common & Unit & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field
      label={label}
      error={error}
      hint={hint}
      control={(wiring) => (
        <WithUnit unit={unit}>
          <input className="input" type="text" {...input} {...wiring} />
        </WithUnit>
      )}
    />
  );
}

export function TextArea({
  label,
  error,
  hint,
  ...input
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field
      label={label}
      error={error}
      hint={hint}
      control={(wiring) => <textarea className="input" {...input} {...wiring} />}
    />
  );
}

export function SelectField({
  label,
  error,
  hint,
  children,
  ...select
}: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field
      label={label}
      error={error}
      hint={hint}
      control={(wiring) => (
        <select className="input" {...select} {...wiring}>
          {children}
        </select>
      )}
    />
  );
}
