import { Suspense } from "react";
import { areas, type StoryProps } from "../app/areas";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import { Section } from "../parts/Section";
import { Waiting } from "../parts/Waiting";
import { words } from "../words/records";
import { Timeline } from "./Timeline";

/** What happened to a record: with what an area knows of it, for members who may see that, else its own history. */
export function Story(props: StoryProps) {
  const Told = useStory("story", props);
  if (Told === null) return <Timeline {...props} />;
  const room = (
    <Section title={words.history.timeline}>
      <Waiting lines={8} />
    </Section>
  );
  return (
    <Suspense fallback={room}>
      <Told {...props} />
    </Suspense>
  );
}

/** Writes down what happens with a record; nothing for members who may not. */
export function Composer(props: StoryProps) {
  const Composing = useStory("composer", props);
  if (Composing === null || props.isGone) return null;
  return (
    <Suspense fallback={<div className="card composer-room" aria-busy="true" />}>
      <Composing {...props} />
    </Suspense>
  );
}

/** What an area has for the page of another one's record, if the member may see that. */
function useStory(name: "composer" | "story", { kind }: StoryProps) {
  const { permissions } = useWorkspace();
  const part = areas.find((area) => area[name] !== undefined && !area.kinds.includes(kind))?.[name];
  return part === undefined || !permissions.mayAny(part.needs) ? null : lazyPart(part.load);
}
