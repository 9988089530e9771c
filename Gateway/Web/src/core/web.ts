/** An address that is safe to link to, or null: only web addresses are linked. */
export function webAddress(text: string): string | null {
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(candidate);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** What a phone dials for a number, its extension included (RFC 3966). */
export function dialAddress(phone: string): string {
  const [number = "", extension = ""] = phone.split(" ext. ").map((part) => part.replace(/[^\d+]/g, ""));
  return extension === "" ? `tel:${number}` : `tel:${number};ext=${extension}`;
}
