import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTitle } from "../../app/hooks";
import { ApiError } from "../../core/problem";
import type { Session } from "../../core/types";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Logo } from "../../parts/Logo";
import { words as all } from "../../words/login";

const words = all.signIn;

interface Props {
  signIn: (email: string, password: string) => Promise<void>;
  /** The session that ended while its member was working; null if there was none. */
  expired: Session | null;
}

export function LoginScreen({ signIn, expired }: Props) {
  const [email, setEmail] = useState(expired?.member.email ?? "");
  const [password, setPassword] = useState("");
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const isOver = expired !== null;
  useTitle(isOver ? null : words.screen);
  useEffect(() => {
    const first = isOver ? "password" : "email";
    form.current?.querySelector<HTMLInputElement>(`input[name=${first}]`)?.focus();
  }, [isOver]);

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

  const isWrong = error instanceof ApiError && error.problem.reason === "INVALID_CREDENTIALS";
  return (
    <main className="login">
      <form ref={form} className="login-card" onSubmit={send} aria-labelledby="login-title">
        <Logo />
        <h1 id="login-title">{words.title}</h1>
        <div className="login-message">
          {error === null && (
            <p className="form-note" role={expired === null ? undefined : "status"}>
              {expired !== null ? words.expired : words.hint}
            </p>
          )}
          {isWrong ? (
            <p className="form-error" role="alert">
              {words.wrong}
            </p>
          ) : (
            <FormError error={error} />
          )}
        </div>
        <TextField
          label={words.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={words.password}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className="button button-main" disabled={working}>
          {working ? words.sending : words.send}
        </button>
      </form>
    </main>
  );
}
