import {
  createContext,
  type RefObject,
  type SyntheticEvent,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { newIdempotencyKey } from "../core/client";
import type { Drafts } from "../core/drafts";
import { type FormSnapshot, FormState, type FormValues } from "../core/formState";
import { useLeaveGuard } from "./leaveGuard";

/** Where the signed-in member's drafts are kept; null to keep none. */
export const DraftsContext = createContext<Drafts | null>(null);

interface Setup<V, R> {
  /** What is being filled in, "new lead" or a record's id: the name of its draft. Without one, no draft is kept. */
  name?: string;
  /** By the API's names of the fields, so that its errors can be assigned to them. */
  initial: V;
  /** Fields that are never kept: passwords. */
  secrets?: readonly (keyof V & string)[];
  /** What errors call the record: "A status". */
  thing?: string;
  /** Sends the values; its errors are shown, a FieldRefusal and the API's rules at their fields. */
  send: (values: V, idempotencyKey: string) => Promise<R>;
  /** Called after it was sent, when nothing can be lost any more: closes, goes elsewhere. */
  onDone?: (result: R) => void;
}

export interface Form<V> extends FormSnapshot<V> {
  set: (change: Partial<V>) => void;
  submit: (event?: SyntheticEvent) => void;
  /** Discards what was typed, on purpose. */
  forget: () => void;
  /** The form's element: after a refusal, focus goes to its first field at fault. */
  element: RefObject<HTMLFormElement>;
  /** Value, change and error of a text field, to spread on its control. */
  text: (name: TextNames<V>) => TextWiring;
  /** Value and change of a field whose control yields the value itself: a combobox, a date. */
  field: <Name extends keyof V>(name: Name) => FieldWiring<V[Name]>;
}

/** The fields of a form that hold a text. */
export type TextNames<V> = {
  [Name in keyof V & string]: V[Name] extends string ? Name : never;
}[keyof V & string];

interface TextWiring {
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  error: string | undefined;
}

interface FieldWiring<Value> {
  value: Value;
  onChange: (value: Value) => void;
}

/** The state of a form. `initial` may change: untouched fields follow it. */
export function useForm<V extends FormValues, R = void>(setup: Setup<V, R>): Form<V> {
  const { name, initial, secrets = [], thing } = setup;
  const store = useContext(DraftsContext);
  const [state] = useState(
    () =>
      new FormState<V>({
        initial,
        secrets,
        draft: store === null || name === undefined ? null : { store, form: name },
        thing,
        newKey: newIdempotencyKey,
      }),
  );
  const shown = useSyncExternalStore(state.subscribe, state.snapshot, state.snapshot);
  const element = useRef<HTMLFormElement>(null);
  const { refusals } = shown;

  const content = JSON.stringify(initial);
  const latest = useRef(initial);
  latest.current = initial;
  useEffect(() => state.rebase(latest.current), [state, content]);

  useEffect(() => {
    if (refusals === 0) return;
    element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusals]);
  useLeaveGuard(shown.isDirty && !shown.isKept);

  return {
    ...shown,
    element,
    set: state.set,
    forget: state.forget,
    submit: (event) => {
      event?.preventDefault();
      // A control that cannot read what was typed still has the previous value, which must not be sent.
      const unread = element.current?.querySelector<HTMLElement>("[data-unread]");
      if (unread) return unread.focus();
      const { send, onDone } = setup;
      void state.submit(send).then((sent) => sent && onDone?.(sent.result));
    },
    field: (name) => ({
      value: shown.values[name],
      onChange: (value) => state.set({ [name]: value } as unknown as Partial<V>),
    }),
    text: (field) => ({
      value: String(shown.values[field]),
      onChange: (event) => state.set({ [field]: event.target.value } as unknown as Partial<V>),
      error: shown.errors[field],
    }),
  };
}
