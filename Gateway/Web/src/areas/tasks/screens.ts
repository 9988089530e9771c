// The screens of tasks and projects, loaded together when the first of them is opened.

import "../../app/firstLoad";
import "./face";
import "./rules";
import "../projects/face";

export { default as MyTasks } from "./MyTasks";
export { default as NewTask } from "./NewTask";
export { default as TaskList } from "./TaskList";
export { default as TaskPage } from "./TaskPage";
export { default as NewProject } from "../projects/NewProject";
export { default as ProjectList } from "../projects/ProjectList";
export { default as ProjectPage } from "../projects/ProjectPage";
