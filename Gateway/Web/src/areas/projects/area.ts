import type { Area } from "../../app/areas";
import { words } from "../../words/projects";
import { project } from "./project";

const needs = ["project.read"];

export const projectsArea: Area = {
  id: "projects",
  title: words.screen,
  icon: "folder",
  group: "work",
  address: "/projects",
  needs,
  kinds: [project],
  screens: [
    { path: "/projects", title: words.screen, needs, load: () => import("../tasks/screens").then(({ ProjectList }) => ({ default: ProjectList })) },
    { path: "/projects/:id", title: words.record, needs, load: () => import("../tasks/screens").then(({ ProjectPage }) => ({ default: ProjectPage })) },
  ],
  create: { label: words.create, needs: "project.create", load: () => import("../tasks/screens").then(({ NewProject }) => ({ default: NewProject })) },
};
