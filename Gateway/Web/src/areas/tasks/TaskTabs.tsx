import { useAddress } from "../../app/useAddress";
import { Link } from "../../parts/Link";
import { words } from "../../words/tasks";
import { words as screens } from "../../words/taskScreens";
import { task } from "./task";

const places = [
  { address: "/tasks/mine", title: words.mine },
  { address: task.address, title: screens.everything },
];

/** The way between what is the member's and all tasks. */
export function TaskTabs() {
  const path = useAddress().split("?")[0];
  return (
    <nav className="screen-tabs" aria-label={screens.screens}>
      {places.map(({ address, title }) => (
        <Link key={address} to={address} className="screen-tab" aria-current={path === address ? "page" : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
