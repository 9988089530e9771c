// Signing in, and setting a password by link.

export const words = {
  product: "Leadmesh",
  signIn: {
    screen: "Sign in",
    title: "Sign in to Leadmesh",
    hint: "Use your e-mail address and password for this workspace.",
    expired:
      "Your session has ended. Sign in to carry on where you were: nothing you typed is lost.",
    wrong: "The e-mail address or the password is wrong. Check both, then try again.",
    email: "E-mail",
    password: "Password",
    send: "Sign in",
    sending: "Signing in…",
  },
  reset: {
    title: "Set your password",
    hint: "The link works once, and for one day.",
    password: "New password",
    passwordHint: "At least 10 characters.",
    send: "Set password",
    done: "Your password is set. Sign in with it.",
    signIn: "Sign in",
  },
};
