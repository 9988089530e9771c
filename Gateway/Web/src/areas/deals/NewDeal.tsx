import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { readList } from "../../core/listState";
import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/dealScreens";
import { deal } from "./deal";
import { askedPipeline, chosenPipeline } from "./pipelines";

interface Props {
  /** The account that it is for, if the form was opened from its page. */
  account?: string;
  onClose: () => void;
}

/** Creates a deal, in the pipeline that is on screen, else in the default one. */
export default function NewDeal({ account = "", onClose }: Props) {
  const { directory, session } = useWorkspace();
  const [asked] = useState(() => {
    if (location.pathname !== deal.address) return undefined;
    return askedPipeline(readList(deal, location.search, deal.firstList(session.member)).conditions);
  });
  const values = {
    pipeline_id: chosenPipeline(directory.entries("pipeline"), asked),
    account_id: account,
  };
  return <RecordForm kind={deal} hint={words.formHint} values={values} onClose={onClose} />;
}
