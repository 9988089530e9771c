import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { fieldErrors } from "../../core/problem";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";

const words = all.password;

/** Changes the member's own password. */
export default function PasswordSection() {
  const { api, notices, session } = useWorkspace();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const errors = fieldErrors(error, ["current_password", "new_password"]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      await api.changePassword(current, next);
      setCurrent("");
      setNext("");
      notices.done(words.done);
    } catch (failure) {
      setError(failure);
    }
    setWorking(false);
  };
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{screens.password}</h2>
      <p className="muted">{words.hint}</p>
      <form className="stacked-form" onSubmit={(event) => void send(event)} noValidate>
        <input type="email" name="email" autoComplete="username" value={session.member.email} readOnly hidden />
        <TextField
          label={words.current}
          type="password"
          autoComplete="current-password"
          value={current}
          error={errors["current_password"]}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label={words.next}
          type="password"
          autoComplete="new-password"
          hint={words.nextHint}
          value={next}
          error={errors["new_password"]}
          onChange={(event) => setNext(event.target.value)}
        />
        {Object.keys(errors).length === 0 && <FormError error={error} />}
        <button
          type="submit"
          className="button button-main"
          disabled={working || current === "" || next === ""}
        >
          {words.send}
        </button>
      </form>
    </section>
  );
}
