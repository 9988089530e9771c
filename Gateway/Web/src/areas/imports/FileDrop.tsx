import { type DragEvent, useId, useState } from "react";
import { Icon } from "../../parts/Icon";

interface Props {
  label: string;
  hint: string;
  onFile: (file: File) => void;
  /** Whether it takes focus when it appears. */
  takesFocus?: boolean;
}

/** Offered first when a file is chosen; the service reads what a file is, whatever it is called. */
const accepted = ".csv,.tsv,.txt,.xlsx,.xls,.xml,.vcf,.zip,.gz,text/*";

/** Accepts one file: chosen by keyboard or pointer, or dropped. */
export function FileDrop({ label, hint, onFile, takesFocus = false }: Props) {
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
  };
  return (
    <div
      className={`drop ${over ? "drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="imports" size={20} />
      <label htmlFor={id}>{label}</label>
      <p className="muted">{hint}</p>
      <input
        id={id}
        type="file"
        autoFocus={takesFocus}
        accept={accepted}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onFile(file);
          event.target.value = "";
        }}
      />
    </div>
  );
}
