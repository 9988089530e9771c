import { Suspense, useEffect, useRef } from "react";
import { useTitle } from "../../app/hooks";
import { lazyPart } from "../../app/lazyScreen";
import { useAddress } from "../../app/useAddress";
import { useWorkspace } from "../../app/workspace";
import { Link } from "../../parts/Link";
import { words } from "../../words/settingScreens";
import { sections } from "./sections";

/** What a tenant configures, a section per address. */
export default function SettingsScreen() {
  const { permissions } = useWorkspace();
  const path = useAddress().split("?")[0] ?? "";
  const open = sections.filter((each) => permissions.mayAny(each.needs));
  const shown = open.find((each) => each.path === path) ?? open[0];
  const bar = useRef<HTMLElement>(null);
  useTitle(shown?.title ?? words.settings);
  useEffect(() => {
    // On a phone the bar is wider than the screen.
    bar.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [path]);
  if (shown === undefined) return null;
  const Section = lazyPart(shown.load);
  return (
    <div className="screen">
      <h1>{words.settings}</h1>
      <nav ref={bar} className="tabs" aria-label={words.settings}>
        {open.map((each) => (
          <Link key={each.path} to={each.path} aria-current={each === shown ? "page" : undefined}>
            {each.title}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<div aria-busy="true" />}>
        <Section parts={{}} search="" />
      </Suspense>
    </div>
  );
}
