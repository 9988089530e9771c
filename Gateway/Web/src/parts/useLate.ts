import { useEffect, useState } from "react";

/** Whether something has lasted for so many milliseconds that a message is due. */
export function useLate(goesOn: boolean, after = 3_000): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!goesOn) return;
    const timer = setTimeout(() => setIsLate(true), after);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [goesOn, after]);
  return goesOn && isLate;
}
