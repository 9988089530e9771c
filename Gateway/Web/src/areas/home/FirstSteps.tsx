import { useCallback } from "react";
import { useWorkspace } from "../../app/workspace";
import { keep, kept } from "../../core/kept";
import * as json from "../../core/json";
import { Icon, type IconName } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/homeScreen";
import { deal } from "../deals/deal";
import { useImportAddress } from "../imports/ImportLink";
import { lead } from "../leads/lead";
import { task } from "../tasks/task";
import { useFresh } from "./useFresh";

const words = all.steps;

interface Step {
  icon: IconName;
  title: string;
  reason: string;
  address: string;
}

/** What the member may do to set up the workspace. */
function useSteps(): readonly Step[] {
  const { permissions } = useWorkspace();
  const address = useImportAddress(lead);
  const { leads, aboutLeads, members, aboutMembers, pipeline, aboutPipeline } = words;
  return [
    ...(address === undefined ? [] : [{ icon: "imports", title: leads, reason: aboutLeads, address } as const]),
    ...(permissions.may("member.create")
      ? [{ icon: "people", title: members, reason: aboutMembers, address: "/settings/members" } as const]
      : []),
    ...(permissions.may("pipeline.edit")
      ? [{ icon: "deal", title: pipeline, reason: aboutPipeline, address: "/settings/pipelines" } as const]
      : []),
  ];
}

const kinds = [lead, deal, task];

/** Whether there is nothing to work on yet and the member is one to change that. Not asked again once there was. */
export function useIsNew(): boolean {
  const { api, permissions, session } = useWorkspace();
  const hasSteps = useSteps().length > 0;
  const key = `home.begun.${session.member.id}`;
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (!hasSteps || kept(key) !== null) return false;
      const seen = kinds.filter(({ object }) => permissions.may(`${object}.read`));
      const ask = async (address: string) => {
        const raw = await api.client.get(address, { page_size: 1, fields: "id" }, signal);
        return json.number(json.object(raw)["total_size"]);
      };
      for (const kind of seen) {
        if ((await ask(kind.api)) === 0) continue;
        keep(key, "yes");
        return false;
      }
      return true;
    },
    [api, permissions, hasSteps, key],
  );
  return useFresh(load, kinds.map(({ object }) => object).join(" ")).value === true;
}

/** What to do first in an empty workspace. */
export function FirstSteps() {
  return (
    <section className="card home-steps" aria-labelledby="home-steps">
      <h2 id="home-steps">{words.title}</h2>
      <p className="muted">{words.reason}</p>
      <ol className="home-rows">
        {useSteps().map(({ icon, title, reason, address }) => (
          <li key={address} className="home-row">
            <Icon name={icon} size={20} />
            <span className="home-what">
              <Link to={address}>{title}</Link>
              <span className="muted">{reason}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
