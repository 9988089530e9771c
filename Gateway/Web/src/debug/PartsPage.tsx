import { Comboboxes, Dialogs, Menus, Tooltips } from "./floatingParts";

/** Every part in every state, to look at and to test; only in debug builds. */
export default function PartsPage() {
  return (
    <main className="shown-page">
      <h1>Parts</h1>
      <Menus />
      <Tooltips />
      <Comboboxes />
      <Dialogs />
    </main>
  );
}
