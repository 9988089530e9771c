import { useState } from "react";
import { Tooltip } from "./Tooltip";

/**
 * A text that is cut where there is no room, whole in a tooltip then. Its direction stays its own: a
 * right-to-left name does not turn what stands around it.
 */
export function Truncated({ text, className = "" }: { text: string; className?: string }) {
  const [isCut, setIsCut] = useState(false);
  return (
    <Tooltip text={isCut ? text : ""} isName>
      <bdi
        className={`truncated ${className}`}
        onPointerEnter={({ currentTarget }) =>
          setIsCut(currentTarget.scrollWidth > currentTarget.clientWidth)
        }
      >
        {text}
      </bdi>
    </Tooltip>
  );
}
