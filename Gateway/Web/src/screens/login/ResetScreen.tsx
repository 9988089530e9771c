import { type FormEvent, useState } from "react";
import type { Api } from "../../core/api";
import { fieldErrors } from "../../core/problem";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Logo } from "../../parts/Logo";

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
        <h1 id="reset-title">Set your password</h1>
        {isDone ? (
          <>
            <p role="status">Your password is set. Sign in with it.</p>
            <a className="button button-main" href="/">
              Sign in
            </a>
          </>
        ) : (
          <>
            <div className="login-message">
              {Object.keys(errors).length === 0 && <FormError error={error} />}
              {error === null && <p className="form-note">The link works once, and for a day.</p>}
            </div>
            <TextField
              label="New password"
              type="password"
              autoComplete="new-password"
              hint="At least 10 characters."
              value={password}
              error={errors["new_password"]}
              onChange={(event) => setPassword(event.target.value)}
            />
            <button
              type="submit"
              className="button button-main"
              disabled={working || token === "" || password === ""}
            >
              Set password
            </button>
          </>
        )}
      </form>
    </main>
  );
}
