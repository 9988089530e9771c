import { useId } from "react";
import type { ExchangeRate } from "../../core/api.generated";
import { currencyFault, worthFault } from "../../core/exchangeRates";
import { formatNumber } from "../../core/format";
import type { Option } from "../../core/options";
import { Combobox } from "../../parts/Combobox";
import { IconButton } from "../../parts/IconButton";
import { words } from "../../words/currencies";
import { EditedRows } from "./EditedRows";

interface Props {
  /** The tenant's currency. */
  own: string;
  rates: readonly ExchangeRate[];
  options: readonly Option[];
  /** Whether missing values are reported: after the first attempt to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (rates: readonly ExchangeRate[]) => void;
}

/** The value of one unit of each other currency, a row for each. */
export function RateRows({ own, rates, options, showsFaults, error, onChange }: Props) {
  return (
    <EditedRows
      words={{ title: words.rates, none: words.none, add: words.add }}
      rows={rates}
      error={error}
      more={() => [...rates, { currency: "", rate: "" }]}
      onChange={onChange}
    >
      {(rate, place, change, remove) => (
        <RateRow
          key={place}
          rate={rate}
          place={place}
          own={own}
          options={options}
          currencyFault={showsFaults ? currencyFault(rate, own, rates) : ""}
          worthFault={showsFaults ? worthFault(rate) : ""}
          onChange={change}
          remove={remove}
        />
      )}
    </EditedRows>
  );
}

interface RowProps {
  rate: ExchangeRate;
  place: number;
  own: string;
  options: readonly Option[];
  /** The errors in its currency and in its rate; "" for none. */
  currencyFault: string;
  worthFault: string;
  onChange: (rate: ExchangeRate) => void;
  remove: () => void;
}

function RateRow({ rate, place, own, options, onChange, remove, ...faults }: RowProps) {
  const id = useId();
  const name = rate.currency || words.unnamed;
  /** Connects a control with its error. */
  const faulty = (fault: string, part: string) =>
    fault === "" ? {} : { "aria-invalid": true, "aria-describedby": `${id}-${part}` };
  return (
    <div className="rate-row">
      <Combobox
        label={words.currencyOf(formatNumber(place + 1))}
        options={options}
        value={rate.currency}
        {...faulty(faults.currencyFault, "currency")}
        onChange={(currency) => onChange({ ...rate, currency })}
      />
      <span className="rate-one">{words.one(name)}</span>
      <input
        className="input number"
        inputMode="decimal"
        autoComplete="off"
        aria-label={words.rateOf(name, own)}
        {...faulty(faults.worthFault, "worth")}
        value={rate.rate}
        onChange={(event) => onChange({ ...rate, rate: event.target.value })}
      />
      <span>{own}</span>
      <IconButton icon="close" label={words.remove(name)} data-remove="" onClick={remove} />
      {faults.currencyFault !== "" && (
        <p id={`${id}-currency`} className="field-error">
          {faults.currencyFault}
        </p>
      )}
      {faults.worthFault !== "" && (
        <p id={`${id}-worth`} className="field-error">
          {faults.worthFault}
        </p>
      )}
    </div>
  );
}
