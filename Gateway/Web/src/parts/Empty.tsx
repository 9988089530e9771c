import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

interface Props {
  icon: IconName;
  /** What belongs here. */
  title: string;
  /** Why there is none. */
  reason: string;
  /** The one action to take. */
  action?: ReactNode;
}

export function Empty({ icon, title, reason, action }: Props) {
  return (
    <div className="notice-block">
      <span className="notice-block-icon">
        <Icon name={icon} size={20} />
      </span>
      <h2>{title}</h2>
      <p>{reason}</p>
      {action}
    </div>
  );
}
