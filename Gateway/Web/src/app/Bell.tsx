import { forwardRef, type ButtonHTMLAttributes, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { formatCount } from "../core/format";
import { UnreadCount, type UnreadView } from "../core/unread";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Icon } from "../parts/Icon";
import { Popover } from "../parts/Popover";
import { Tooltip } from "../parts/Tooltip";
import { words as all } from "../words/app";
import { counted } from "../words/counts";
import { bellArea, type BellContent } from "./areas";
import { phoneWidth, useMedia } from "./hooks";
import { forgetFailedParts, lazyPart } from "./lazyScreen";
import { useWorkspace } from "./workspace";

const words = all.bell;

/** How many notifications are unread; opens the latest. */
export function Bell() {
  const { permissions } = useWorkspace();
  const { bell, needs = [] } = bellArea ?? {};
  return bell !== undefined && permissions.mayAny(needs) ? <ShownBell load={bell} /> : null;
}

function ShownBell({ load }: { load: BellContent }) {
  const unread = useUnread();
  const isPhone = useMedia(phoneWidth);
  const [isOpen, setOpen] = useState(false);
  const [turn, setTurn] = useState(0);
  const said = saidOf(unread);
  const Content = lazyPart(load);
  const content = (close: () => void) => (
    <ErrorBoundary
      key={turn}
      what={words.title}
      retry={() => {
        forgetFailedParts();
        setTurn((before) => before + 1);
      }}
    >
      <Content isSheet={isPhone} said={said} close={close} />
    </ErrorBoundary>
  );
  // A pointer at the bell means that it will soon be opened.
  const prepare = () => void load().catch(() => undefined);
  return (
    <>
      {isPhone ? (
        <BellButton unread={unread} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      ) : (
        <Popover
          label={words.title}
          align="end"
          button={(toggle) => <BellButton unread={unread} onPointerEnter={prepare} {...toggle} />}
        >
          {content}
        </Popover>
      )}
      {isPhone && isOpen && <Suspense fallback={null}>{content(() => setOpen(false))}</Suspense>}
      <span className="unseen" role="status" aria-label={words.news}>
        {said}
      </span>
    </>
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { unread: UnreadView };

const BellButton = forwardRef<HTMLButtonElement, ButtonProps>(function BellButton({ unread, ...rest }, ref) {
  const { count, more } = unread;
  const label = count === 0 ? words.title : counted(count, words.unread, more);
  return (
    <Tooltip text={label} isName>
      <button ref={ref} type="button" className="icon-button bell" aria-label={label} {...rest}>
        <Icon name="bell" />
        {count > 0 && <span className="bell-count">{formatCount(count, more)}</span>}
      </button>
    </Tooltip>
  );
});

function saidOf({ arrived, count, more }: UnreadView): string {
  return arrived === null ? "" : words.arrived(arrived.count, arrived.title, counted(count, words.unread, more));
}

/** The member's unread notifications, first counted once the screen stands. */
function useUnread(): UnreadView {
  const { api, store } = useWorkspace();
  const unread = useMemo(() => new UnreadCount(api.client, store), [api, store]);
  useEffect(() => {
    const forget = unread.follow();
    const timer = setInterval(() => {
      if (document.querySelector("#main [aria-busy=true]") !== null) return;
      clearInterval(timer);
      unread.begin();
    }, lookEvery);
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [unread]);
  return useSyncExternalStore(unread.subscribe, unread.view, unread.view);
}

/** In milliseconds: how often it is looked whether the first screen is there. */
const lookEvery = 150;
