import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import {
  type ChecklistItem,
  decodeLeadQualification,
  decodeLeadRiskScore,
  type LeadRiskScore,
} from "../../core/api.generated";
import { isFilled } from "../../core/fields";
import { at } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { Failure } from "../../parts/Failure";
import { Icon } from "../../parts/Icon";
import { Section } from "../../parts/Section";
import { useHeadingAfter } from "../../parts/useHeadingAfter";
import { Waiting } from "../../parts/Waiting";
import { Fact } from "../../records/Fact";
import { listed } from "../../words/sentences";
import { words } from "../../words/qualification";
import { AssessDialog, type Method } from "./AssessDialog";
import { asLead, lead } from "./lead";
import { DisqualifyDialog, RecycleDialog } from "./QualifyDialogs";

type Opened = Method | "disqualify" | "recycle" | null;

/** Why it has its status, and when to work on it again. */
const outcomes = ["qualification_reason", "disqualification_reason", "recycle_reason", "return_date"];

/** The qualification of a lead: what is known, what is missing until it is converted, and the next steps. */
export function Qualification({ record }: { record: Rec }) {
  const { records, permissions, directory } = useWorkspace();
  const { id, etag, score, status, converted, disqualification_reason } = asLead(record);
  const [opened, setOpened] = useState<Opened>(null);
  useHeadingAfter(opened !== null);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const path = at(lead.api, id);
      const [qualification, risk] = await Promise.all([
        records.client.get(`${path}/qualification`, {}, signal),
        records.client.get(`${path}/risk-score`, {}, signal),
      ]);
      return {
        qualification: decodeLeadQualification(qualification),
        risk: decodeLeadRiskScore(risk),
      };
    },
    // What depends on the lead is requested again when it has changed.
    [records, id, etag, score],
  );
  const { value, error, reload } = useLoaded(load);
  const mayEdit = permissions.mayEdit(lead, record);
  const close = () => setOpened(null);
  // A recycled lead goes back to where new ones begin.
  const isNew = directory.entries("lead_status").find(({ active }) => active)?.key === status;
  const outcome = outcomes
    .flatMap((name) => lead.fields.get(name) ?? [])
    .filter(({ name }) => isFilled(record[name]));
  return (
    <Section title={words.title}>
      {outcome.length > 0 && (
        <dl className="facts">
          {outcome.map((field) => (
            <Fact key={field.name} kind={lead} record={record} field={field} mayEdit={mayEdit} />
          ))}
        </dl>
      )}
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={8} />}
      {value !== null && (
        <>
          {!converted && (
            <Checklist
              label={words.conversion}
              items={value.qualification.checklist.filter(({ group }) => group === "conversion")}
            />
          )}
          <Risk risk={value.risk} />
          {(["bant", "meddicc"] as const).map((method) => (
            <details key={method} className="assessment">
              <summary>
                {words.groups[method]}{" "}
                <span className="muted">
                  {method === "bant"
                    ? words.total.bant(value.qualification.bant_score, value.qualification.bant_minimum)
                    : words.total.meddicc(value.qualification.meddicc_score)}
                </span>
              </summary>
              <Checklist
                label={words.groups[method]}
                items={value.qualification.checklist.filter(({ group }) => group === method)}
              />
              {mayEdit && (
                <button type="button" className="button" onClick={() => setOpened(method)}>
                  {words.assess.open}
                </button>
              )}
            </details>
          ))}
        </>
      )}
      {mayEdit && (
        <div className="button-row">
          {(["disqualify", "recycle"] as const)
            .filter((verb) => verb !== "recycle" || !isNew)
            .filter((verb) => verb !== "disqualify" || disqualification_reason === "")
            .map((verb) => (
              <button key={verb} type="button" className="button" onClick={() => setOpened(verb)}>
                {words[verb].open}
              </button>
            ))}
        </div>
      )}
      {(opened === "bant" || opened === "meddicc") && (
        <AssessDialog record={record} method={opened} onClose={close} />
      )}
      {opened === "disqualify" && <DisqualifyDialog record={record} onClose={close} />}
      {opened === "recycle" && <RecycleDialog record={record} onClose={close} />}
    </Section>
  );
}

function Checklist({ label, items }: { label: string; items: readonly ChecklistItem[] }) {
  return (
    <ul className="checklist" aria-label={label}>
      {items.map(({ key, done, required, group, display_name, detail }) => {
        const isAdvice = !required && group === "conversion";
        return (
          <li key={key} className={done ? "" : "checklist-open"}>
            <span className={done ? "good" : "muted"}>
              <Icon name={done ? "check" : isAdvice ? "warning" : "more"} />
            </span>
            <span>
              <span className="unseen">
                {done ? words.done : isAdvice ? words.advice : words.open}{" "}
              </span>
              {display_name} <span className="muted">{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Risk({ risk }: { risk: LeadRiskScore }) {
  const present = risk.factors.filter(({ points }) => points > 0);
  const unmeasured = risk.factors.filter(({ state }) => state === "not measured");
  return (
    <div className="risk">
      <p>
        {words.risk.title}{" "}
        <strong>{words.risk.levels[risk.level] ?? risk.level}</strong>{" "}
        <span className="muted">{words.risk.score(risk.score)}</span>
      </p>
      {present.length > 0 && (
        <ul className="score-parts" aria-label={words.risk.factors}>
          {present.map(({ key, display_name, points }) => (
            <li key={key}>
              <span>{display_name}</span>
              <span className="score-points bad">{`+${points}`}</span>
            </li>
          ))}
        </ul>
      )}
      {unmeasured.length > 0 && (
        <p className="muted">
          {words.risk.notMeasured(listed(unmeasured.map(({ display_name }) => display_name)))}
        </p>
      )}
    </div>
  );
}
