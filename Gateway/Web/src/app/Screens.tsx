import { lazy, Suspense } from "react";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { LeadPage } from "../screens/lead/LeadPage";
import { LeadListScreen } from "../screens/leads/LeadListScreen";
import { useRoute } from "./navigation";

const ImportsScreen = lazy(() => import("../screens/imports/ImportsScreen"));
const NewImportScreen = lazy(() => import("../screens/imports/NewImportScreen"));
const ImportScreen = lazy(() => import("../screens/imports/ImportScreen"));
const SettingsScreen = lazy(() => import("../screens/settings/SettingsScreen"));

/** The screen that the address names. */
export function Screens() {
  const route = useRoute();
  switch (route.screen) {
    case "leads":
      return <LeadListScreen search={route.search} />;
    case "lead":
      return <LeadPage key={route.id} id={route.id} />;
    case "unknown":
      return (
        <Failure
          title="There is no such page"
          advice="The address may be mistyped, or the page has moved."
          action={<Link className="button" to="/leads">Go to leads</Link>}
        />
      );
    default:
      return (
        <Suspense fallback={<div className="screen" aria-busy="true" />}>
          {route.screen === "imports" && <ImportsScreen />}
          {route.screen === "newImport" && <NewImportScreen />}
          {route.screen === "import" && <ImportScreen key={route.id} id={route.id} />}
          {route.screen === "settings" && <SettingsScreen section={route.section} />}
        </Suspense>
      );
  }
}
