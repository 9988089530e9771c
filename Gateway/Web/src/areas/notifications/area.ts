import type { Area } from "../../app/areas";
import { words } from "../../words/app";

const { title } = words.bell;
const needs = ["notification.read"];
const screens = () => import("./screens");

export const notificationsArea: Area = {
  id: "notifications",
  title,
  icon: "bell",
  group: null,
  address: "/notifications",
  needs,
  kinds: [],
  screens: [
    {
      path: "/notifications",
      title,
      needs,
      load: () => screens().then(({ NotificationsScreen }) => ({ default: NotificationsScreen })),
    },
  ],
  bell: () => screens().then(({ Latest }) => ({ default: Latest })),
};
