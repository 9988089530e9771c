import { useState } from "react";
import { Tooltip } from "./Tooltip";

/**
 * A text that is cut if there is no room, with the whole text in a tooltip. It keeps its own direction: a
 * right-to-left name does not reverse the text around it.
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
