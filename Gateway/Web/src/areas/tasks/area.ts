import type { Area } from "../../app/areas";
import { words } from "../../words/tasks";
import { task } from "./task";

const needs = ["task.read"];

export const tasksArea: Area = {
  id: "tasks",
  title: words.screen,
  icon: "tasks",
  group: "work",
  address: "/tasks/mine",
  needs,
  kinds: [task],
  picklists: { task_category: { api: "/api/v1/task-categories", rows: "task_categories" } },
  screens: [
    { path: "/tasks/mine", title: words.mine, needs, load: () => import("./screens").then(({ MyTasks }) => ({ default: MyTasks })) },
    { path: "/tasks", title: words.screen, needs, load: () => import("./screens").then(({ TaskList }) => ({ default: TaskList })) },
    { path: "/tasks/:id", title: words.record, needs, load: () => import("./screens").then(({ TaskPage }) => ({ default: TaskPage })) },
  ],
  create: { label: words.create, needs: "task.create", load: () => import("./screens").then(({ NewTask }) => ({ default: NewTask })) },
  places: [{ title: words.all, address: task.address, needs }],
};
