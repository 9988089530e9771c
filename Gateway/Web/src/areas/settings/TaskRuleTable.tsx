import { useWorkspace } from "../../app/workspace";
import type { TaskRule, TaskRuleStats } from "../../core/api.generated";
import { IconButton } from "../../parts/IconButton";
import { Menu } from "../../parts/Menu";
import { words as settings } from "../../words/settings";
import { words as all } from "../../words/taskSettings";
import { lengthText } from "./lengths";
import { MadeTasks } from "./MadeTasks";
import { ConditionWords } from "./RuleTable";
import { watchedBy } from "./taskRules";

const words = all.rule;

interface Props {
  rules: readonly TaskRule[];
  /** What they have made, as far as it is known. */
  stats: readonly TaskRuleStats[];
  /** Whether that is only of some time. */
  isOfPeriod: boolean;
  edit: (rule: TaskRule) => void;
  run: (rule: TaskRule) => void;
  remove: (rule: TaskRule) => void;
}

export function TaskRuleTable({ rules, stats, isOfPeriod, edit, run, remove }: Props) {
  const { permissions } = useWorkspace();
  const may = (action: string) => permissions.may(`task_rule.${action}`);
  const changes = ["edit", "run", "delete"].some(may);
  return (
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.makes}</th>
            <th scope="col">{words.made}</th>
            <th scope="col">{words.state}</th>
            {changes && <th scope="col">{words.change}</th>}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">
                <bdi>{rule.display_name}</bdi>
              </th>
              <td data-label={words.when}>
                <When rule={rule} />
              </td>
              <td data-label={words.makes}>
                <bdi>{rule.title}</bdi>
              </td>
              <td data-label={words.made}>
                <MadeTasks stats={stats.find(({ rule_id }) => rule_id === rule.id)} isOfPeriod={isOfPeriod} />
              </td>
              <td data-label={words.state}>
                <span className={`tag ${rule.active === true ? "tag-good" : ""}`}>
                  {rule.active === true ? words.active : words.paused}
                </span>
              </td>
              {changes && (
                <td className="table-actions">
                  {may("edit") && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={settings.editOf(rule.display_name)}
                      onClick={() => edit(rule)}
                    >
                      {settings.edit}
                    </button>
                  )}
                  <Menu
                    label={settings.members.more(rule.display_name)}
                    placement="bottom-end"
                    entries={[
                      may("run") &&
                        rule.event.startsWith("lead") && { label: words.run, run: () => run(rule) },
                      may("delete") && { label: words.delete, icon: "trash", danger: true, run: () => remove(rule) },
                    ]}
                    button={(button) => (
                      <IconButton icon="more" label={settings.members.more(rule.display_name)} {...button} />
                    )}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a rule waits for: an event, a condition, and for how long that must hold. */
function When({ rule }: { rule: TaskRule }) {
  const { event, condition, wait_minutes } = rule;
  return (
    <div>
      {words.events[event] ?? event}
      {condition !== "" && (
        <span className="rule-part">
          <ConditionWords fields={watchedBy(event).fields} condition={condition} />
        </span>
      )}
      {wait_minutes > 0 && <span className="rule-part muted">{words.waits(lengthText(wait_minutes))}</span>}
    </div>
  );
}
