import { useMemo } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Entry } from "../../core/entries";

/** The stages of a pipeline, in their order. */
export function useStages(pipeline: string): readonly Entry[] {
  const { entries } = useWorkspace().directory;
  return useMemo(() => entries("stage").filter(({ within }) => within === pipeline), [entries, pipeline]);
}
