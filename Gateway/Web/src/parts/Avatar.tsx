import { initials } from "../core/format";

/** A person's initials; their name is beside it or in the tooltip. */
export function Avatar({ name, size = 22 }: { name: string; size?: 22 | 32 }) {
  return (
    <span className={`person-initials avatar-${size}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
