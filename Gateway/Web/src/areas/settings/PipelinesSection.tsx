import "../../app/firstLoad";
import "../../app/laterStyles";
import { useState } from "react";
import { useAddress } from "../../app/useAddress";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Pipeline } from "../../core/api.generated";
import { navigate } from "../../core/navigation";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { useHeadingAfter } from "../../parts/useHeadingAfter";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words } from "../../words/pipelines";
import { words as screens } from "../../words/settingScreens";
import { pipeline as kind } from "./pipeline";
import { PipelineEditor } from "./PipelineEditor";
import { PipelineTable } from "./PipelineTable";

const place = "/settings/pipelines";

/** The pipelines, and the one being edited, which the address names. */
export default function PipelinesSection() {
  const { permissions, records, notices } = useWorkspace();
  const undoable = useUndoable();
  const { rows, error, reload } = useAll(kind);
  const edited = new URLSearchParams(useAddress().split("?")[1] ?? "").get("edit") ?? "";
  useHeadingAfter(edited !== "");
  // Each new one has a draft of its own.
  const [made, setMade] = useState(0);
  const pipelines = rows as unknown as readonly Pipeline[] | null;
  const close = () => {
    setMade((before) => before + 1);
    navigate(place);
  };

  const makeDefault = async ({ id, etag, display_name }: Pipeline) => {
    try {
      await records.update(kind, id, etag, { is_default: true });
      notices.done(words.nowDefault(display_name));
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
    reload();
  };
  const remove = async ({ id, display_name }: Pipeline) => {
    try {
      await records.delete(kind, id);
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return reload();
    }
    const bringBack = async () => {
      await records.undelete(kind, id);
      reload();
    };
    undoable({ label: words.deleted(display_name), takeBack: bringBack, about: id });
    reload();
  };

  const found = pipelines?.find(({ id }) => id === edited);
  if (edited !== "" && pipelines !== null && (found !== undefined || edited === "new")) {
    return (
      <PipelineEditor
        key={`${edited} ${made}`}
        pipeline={found ?? null}
        onClose={close}
        onDone={() => {
          reload();
          close();
        }}
      />
    );
  }
  const add = permissions.may("pipeline.create") && (
    <Link className="button" to={`${place}?edit=new`}>
      {words.add}
    </Link>
  );
  return (
    <section aria-labelledby="pipelines-title">
      <header className="screen-head">
        <h2 id="pipelines-title">{screens.pipelines}</h2>
        <div className="screen-action">{pipelines !== null && pipelines.length > 0 && add}</div>
      </header>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {rows === null && error === null && <Waiting lines={6} />}
      {edited !== "" && pipelines !== null && (
        <Failure title={words.editor.missing} advice={words.editor.missingAdvice} />
      )}
      {pipelines?.length === 0 && (
        <Empty icon="settings" title={words.none.title} reason={words.none.reason} action={add} />
      )}
      {pipelines !== null && pipelines.length > 0 && (
        <PipelineTable
          pipelines={pipelines}
          editAddress={(each) => `${place}?edit=${encodeURIComponent(each.id)}`}
          makeDefault={(each) => void makeDefault(each)}
          remove={(each) => void remove(each)}
        />
      )}
    </section>
  );
}
