import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import type { SettingsSection } from "../../core/route";
import { BackToLeads, Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { MembersSection } from "./MembersSection";
import { ScoringSection } from "./ScoringSection";
import { StatusesSection } from "./StatusesSection";

const sections: { id: SettingsSection; title: string; needs: string }[] = [
  { id: "members", title: "Members", needs: "member.read" },
  { id: "statuses", title: "Lead statuses", needs: "lead_status.read" },
  { id: "scoring", title: "Scoring", needs: "scoring_rule.read" },
];

/** What a tenant configures, a section per address. */
export default function SettingsScreen({ section }: { section: SettingsSection }) {
  const { permissions } = useWorkspace();
  const open = sections.filter((each) => permissions.may(each.needs));
  const shown = open.find((each) => each.id === section);
  useTitle(shown?.title ?? "Settings");
  return (
    <div className="screen">
      <h1>Settings</h1>
      <nav className="tabs" aria-label="Settings">
        {open.map((each) => (
          <Link
            key={each.id}
            to={`/settings/${each.id}`}
            aria-current={each.id === section ? "page" : undefined}
          >
            {each.title}
          </Link>
        ))}
      </nav>
      {shown === undefined && (
        <Failure
          title="Your role does not allow this"
          advice="Ask an administrator of your workspace to change these settings."
          action={<BackToLeads />}
        />
      )}
      {shown?.id === "members" && <MembersSection />}
      {shown?.id === "statuses" && <StatusesSection />}
      {shown?.id === "scoring" && <ScoringSection />}
    </div>
  );
}
