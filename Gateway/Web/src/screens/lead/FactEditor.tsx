import { type FocusEvent, type KeyboardEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { moneyDigits, parseMinor } from "../../core/format";
import { contactMethods, type LeadField, type LeadFieldName } from "../../core/leadFields";
import type { Lead, Money } from "../../core/types";
import { useChoice } from "../../parts/useChoice";

type Value = Lead[LeadFieldName];

interface Props {
  field: LeadField;
  lead: Lead;
  /** With the new value, or undefined when one gave up. */
  finish: (value: Value | undefined) => void;
  isSending: boolean;
  /** The id of the reason why the value was refused; undefined while it was not. */
  refusal: string | undefined;
}

/** The control that fits a field. Enter or leaving takes the value, Esc gives up. */
export function FactEditor(props: Props) {
  switch (props.field.kind) {
    case "money":
      return <MoneyEditor {...props} />;
    case "contact":
      return <ChoiceEditor {...props} choices={Object.entries(contactMethods)} />;
    case "source":
      return <SourceEditor {...props} />;
    case "lines":
      return <LinesEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}

const inputTypes: Partial<Record<LeadField["kind"], string>> = {
  email: "email",
  phone: "tel",
  web: "url",
  count: "text",
};

function TextEditor({ field, lead, finish, isSending, refusal }: Props) {
  const before = lead[field.name];
  const [text, setText] = useState(before === null ? "" : String(before));
  const [error, setError] = useState("");
  const take = () => {
    if (field.kind !== "count") return finish(text.trim());
    if (text.trim() === "") return finish(null);
    const number = Number(text.replace(/[\s,.'\u00a0\u202f]/g, ""));
    if (!Number.isInteger(number) || number < 0) return setError("Enter a whole number, or leave it empty.");
    return finish(number);
  };
  return (
    <span className="fact-editor">
      <input
        className="input"
        type={inputTypes[field.kind] ?? "text"}
        inputMode={field.kind === "count" ? "numeric" : undefined}
        aria-label={field.label}
        aria-invalid={error !== "" || refusal !== undefined || undefined}
        aria-describedby={refusal}
        readOnly={isSending}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={take}
        onKeyDown={keys(take, () => finish(undefined))}
      />
      {error !== "" && (
        <span className="field-error" role="alert">
          {error}
        </span>
      )}
    </span>
  );
}

function LinesEditor({ field, lead, finish, isSending, refusal }: Props) {
  const [text, setText] = useState(String(lead[field.name] ?? ""));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) return;
    keys(() => finish(text.trim()), () => finish(undefined))(event);
  };
  return (
    <textarea
      className="input"
      aria-label={field.label}
      aria-invalid={refusal !== undefined || undefined}
      aria-describedby={refusal}
      readOnly={isSending}
      rows={4}
      autoFocus
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(text.trim())}
      onKeyDown={onKey}
    />
  );
}

function MoneyEditor({ field, lead, finish, isSending, refusal }: Props) {
  const before = lead[field.name] as Money | null;
  const [amount, setAmount] = useState(before === null ? "" : moneyDigits(before));
  const [currency, setCurrency] = useState(before?.currency ?? "USD");
  const [error, setError] = useState("");
  const take = () => {
    if (amount.trim() === "") return finish(null);
    const code = currency.trim().toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) return setError("Enter a currency of three letters, such as USD.");
    const minor = parseMinor(amount, code);
    if (minor === null) return setError("Enter an amount such as 1,250,000.50, or leave it empty.");
    return finish({ amount_minor: minor, currency: code });
  };
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) take();
  };
  const onKey = keys(take, () => finish(undefined));
  return (
    <span className="fact-editor fact-money" role="group" aria-label={field.label} onBlur={leave}>
      <input
        className="input"
        inputMode="decimal"
        aria-label="Amount"
        aria-invalid={error !== "" || refusal !== undefined || undefined}
        aria-describedby={refusal}
        readOnly={isSending}
        autoFocus
        value={amount}
        onChange={(event) => setAmount(event.target.value)}
        onKeyDown={onKey}
      />
      <input
        className="input"
        aria-label="Currency"
        maxLength={3}
        readOnly={isSending}
        value={currency}
        onChange={(event) => setCurrency(event.target.value)}
        onKeyDown={onKey}
      />
      {error !== "" && (
        <span className="field-error" role="alert">
          {error}
        </span>
      )}
    </span>
  );
}

function SourceEditor(props: Props) {
  const { sources } = useWorkspace().directory;
  const offered = sources.filter((each) => each.active || each.key === props.lead.source);
  return (
    <ChoiceEditor {...props} choices={offered.map((each) => [each.key, each.display_name])} />
  );
}

function ChoiceEditor(props: Props & { choices: [string, string][] }) {
  const { field, lead, finish, refusal, choices } = props;
  const [chosen, setChosen] = useState(String(lead[field.name] ?? ""));
  const take = (value: string) => {
    setChosen(value);
    finish(value);
  };
  const choice = useChoice(chosen, take, () => finish(undefined));
  return (
    <select
      className="input"
      aria-label={field.label}
      aria-invalid={refusal !== undefined || undefined}
      aria-describedby={refusal}
      autoFocus
      {...choice}
      onBlur={(event) => refusal === undefined && choice.onBlur(event)}
    >
      <option value="">None</option>
      {choices.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function keys(take: () => void, giveUp: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      take();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      giveUp();
    }
  };
}
