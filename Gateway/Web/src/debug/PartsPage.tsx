import { Comboboxes, Dialogs, Menus, Tooltips } from "./floatingParts";
import { Forms } from "./formParts";
import { Board, Sorting } from "./movingParts";
import { Notices, Others } from "./otherParts";
import { Records } from "./recordParts";
import { Choices, Dates, Signs } from "./smallParts";

/** Every part in every state, to look at and to test; only in debug builds. */
export default function PartsPage() {
  return (
    <main className="shown-page">
      <h1>Parts</h1>
      <Menus />
      <Tooltips />
      <Comboboxes />
      <Dates />
      <Choices />
      <Signs />
      <Others />
      <Sorting />
      <Board />
      <Dialogs />
      <Forms />
      <Notices />
      <Records />
    </main>
  );
}
