import { type FormEvent, useState } from "react";
import { useTitle } from "../../app/hooks";
import { ApiError } from "../../core/problem";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Logo } from "../../parts/Logo";

interface Props {
  signIn: (email: string, password: string) => Promise<void>;
  /** Whether a session ended while somebody was at work. */
  expired: boolean;
}

export function LoginScreen({ signIn, expired }: Props) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTitle("Sign in");

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      await signIn(email.trim(), password);
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  const wrong = error instanceof ApiError && error.problem.reason === "INVALID_CREDENTIALS";
  return (
    <main className="login">
      <form className="login-card" onSubmit={send} aria-labelledby="login-title">
        <Logo />
        <h1 id="login-title">Sign in to Leadmesh</h1>
        <div className="login-message">
          {error === null && (
            <p className="form-note" role={expired ? "status" : undefined}>
              {expired
                ? "Your session has ended. Sign in to go on where you were."
                : "Use the e-mail and the password of your workspace."}
            </p>
          )}
          {wrong ? (
            <p className="form-error" role="alert">
              E-mail or password is wrong. Check both, then try again.
            </p>
          ) : (
            <FormError error={error} />
          )}
        </div>
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className="button button-main" disabled={working}>
          {working ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
