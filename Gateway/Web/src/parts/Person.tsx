import { Avatar } from "./Avatar";
import { Truncated } from "./Truncated";

/** A person as initials and name. */
export function Person({ name }: { name: string }) {
  return (
    <span className="person">
      <Avatar name={name} />
      <Truncated className="person-name" text={name} />
    </span>
  );
}
