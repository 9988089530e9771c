// What the bell opens, the page of all notifications, and what is muted, loaded together.

import "../../app/firstLoad";
import "../../app/laterStyles";

export { default as Latest } from "./Latest";
export { default as MutesSection } from "./MutesSection";
export { default as NotificationsScreen } from "./NotificationsScreen";
