import { useEffect, useState } from "react";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

/** Says that Leadmesh cannot be reached, while that is so. */
export function OfflineBanner() {
  const { api } = useWorkspace();
  const [isReached, setReached] = useState(true);
  useEffect(() => {
    const forget = api.client.reached.listen(setReached);
    const lost = () => setReached(false);
    const back = () => void api.session().then(() => setReached(true), () => undefined);
    window.addEventListener("offline", lost);
    window.addEventListener("online", back);
    return () => {
      forget();
      window.removeEventListener("offline", lost);
      window.removeEventListener("online", back);
    };
  }, [api]);
  return (
    <div role="status" aria-label={words.offline.name}>
      {!isReached && (
        <p className="offline">
          {words.offline.what}
          <button
            type="button"
            className="button-quiet"
            onClick={() => void api.session().then(() => setReached(true), () => undefined)}
          >
            {words.offline.retry}
          </button>
        </p>
      )}
    </div>
  );
}
