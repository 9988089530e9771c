import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from "react";
import { Dialog } from "../parts/Dialog";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { areas, type QuickCreate } from "./areas";
import { forgetFailedParts, lazyPart } from "./lazyScreen";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

/** What can be created from anywhere. */
export interface Creating {
  offered: readonly QuickCreate[];
  begin: (create: QuickCreate) => void;
}

const CreatingContext = createContext<Creating>({ offered: [], begin: () => undefined });

export function useCreating(): Creating {
  return useContext(CreatingContext);
}

/** Opens the form for a new record above whatever screen is shown. */
export function CreatingProvider({ children }: { children: ReactNode }) {
  const { permissions } = useWorkspace();
  const [begun, setBegun] = useState<QuickCreate | null>(null);
  const [turn, setTurn] = useState(0);
  const close = () => setBegun(null);
  const again = () => {
    forgetFailedParts();
    setTurn((before) => before + 1);
  };
  const creating = useMemo(
    () => ({
      offered: areas.flatMap(({ create }) =>
        create !== undefined && permissions.may(create.needs) ? [create] : [],
      ),
      begin: setBegun,
    }),
    [permissions],
  );
  const Form = begun === null ? null : lazyPart(begun.load);
  return (
    <CreatingContext.Provider value={creating}>
      {children}
      {begun !== null && Form !== null && (
        <ErrorBoundary
          key={`${begun.label} ${turn}`}
          what={words.form}
          retry={again}
          around={(failure) => (
            <Dialog title={begun.label} onClose={close}>
              {failure}
            </Dialog>
          )}
        >
          <Suspense fallback={null}>
            <Form onClose={close} />
          </Suspense>
        </ErrorBoundary>
      )}
    </CreatingContext.Provider>
  );
}
