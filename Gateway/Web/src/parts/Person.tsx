import { initials } from "../core/format";

/** Somebody as initials and name. */
export function Person({ name }: { name: string }) {
  return (
    <span className="person">
      <span className="person-initials" aria-hidden="true">
        {initials(name)}
      </span>
      <span className="person-name">{name}</span>
    </span>
  );
}
