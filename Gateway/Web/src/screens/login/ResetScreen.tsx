import { type FormEvent, useState } from "react";
import type { Api } from "../../core/api";
import { fieldErrors } from "../../core/problem";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Logo } from "../../parts/Logo";
import { words as all } from "../../words/login";

const words = all.reset;

/** Sets a password with the link that an administrator made; its secret is behind the "#", so that no log has it. */
export function ResetScreen({ api }: { api: Api }) {
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState("");
  const [working, setWorking] = useState(false);
  const [isDone, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const errors = fieldErrors(error, ["new_password"]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      await api.resetPassword(token, password);
      history.replaceState(null, "", "/reset");
      setDone(true);
    } catch (failure) {
      setError(failure);
    }
    setWorking(false);
  };
  return (
    <main className="login">
      <form className="login-card" onSubmit={(event) => void send(event)} aria-labelledby="reset-title">
        <Logo />
        <h1 id="reset-title">{words.title}</h1>
        {isDone ? (
          <>
            <p role="status">{words.done}</p>
            <a className="button button-main" href="/">
              {words.signIn}
            </a>
          </>
        ) : (
          <>
            <div className="login-message">
              {Object.keys(errors).length === 0 && <FormError error={error} />}
              {error === null && <p className="form-note">{words.hint}</p>}
            </div>
            <TextField
              label={words.password}
              type="password"
              autoComplete="new-password"
              hint={words.passwordHint}
              value={password}
              error={errors["new_password"]}
              onChange={(event) => setPassword(event.target.value)}
            />
            <button
              type="submit"
              className="button button-main"
              disabled={working || token === "" || password === ""}
            >
              {words.send}
            </button>
          </>
        )}
      </form>
    </main>
  );
}
