// Calling and writing to people.

export const words = {
  call: (number: string) => `Call ${number}`,
  mail: "Send e-mail",
  copyPhone: "Copy phone number",
  copyEmail: "Copy e-mail address",
  phone: "Phone number",
  email: "E-mail address",
  copied: (what: string) => `${what} copied`,
  notCopied: (what: string) => `${what} could not be copied: the browser does not allow it`,
};
