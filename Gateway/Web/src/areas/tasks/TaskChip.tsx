import type { MouseEvent } from "react";
import { useWorkspace } from "../../app/workspace";
import { addDays } from "../../core/dates";
import { wordsOf } from "../../core/fields";
import { locale } from "../../core/format";
import { dayAndTime, writtenTime } from "../../core/moments";
import { recordAddress } from "../../core/recordKind";
import { Icon, Picture } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { LevelBars } from "../../parts/LevelBars";
import { Link } from "../../parts/Link";
import { Menu } from "../../parts/Menu";
import { Tooltip } from "../../parts/Tooltip";
import type { BoardDrag } from "../../parts/useBoardDrag";
import { useClock } from "../../parts/useClock";
import { useKnown } from "../../records/useRecord";
import { words } from "../../words/taskCalendar";
import { aboutTask } from "./aboutTask";
import { isOverdue } from "./dueTimes";
import { priorities, PriorityBadge } from "./PriorityBadge";
import { statusPaths, StatusTag } from "./StatusTag";
import { asTask, task } from "./task";
import type { DayMoves } from "./useDayMoves";

interface Props {
  id: string;
  /** Where it can be pulled to other days; in a list of days it cannot. */
  drag: BoardDrag | null;
  moves: DayMoves;
  isOpen: boolean;
  onOpen: (id: string) => void;
  /** Whether Tab reaches it. */
  isReached: boolean;
}

/**
 * A task on its day: its time and title, and its status and priority where they are not the usual ones, as shapes and
 * for screen readers in words; in a list of days, all of that in words.
 */
export function TaskChip({ id, drag, moves, isOpen, onOpen, isReached }: Props) {
  const { directory, permissions } = useWorkspace();
  const record = useKnown(id);
  const known = record === undefined ? null : asTask(record);
  const isLate = useClock((now) => String(known !== null && isOverdue(known, now))) === "true";
  if (record === undefined || known === null) return <div className="task-chip" aria-busy="true" />;
  const { status, priority, closed, due_time, rule_id } = known;
  const { day, time } = dayAndTime(due_time);
  const title = task.title(record);
  const statusField = task.fields.get("status");
  const statusName = statusField === undefined ? "" : directory.names.choice(statusField, status);
  const about = aboutTask(record, directory.names);
  // A rule gives all of its tasks the same title.
  const isMade = rule_id !== "";
  const named = about !== "" && <bdi className={`task-chip-about muted ${isMade ? "task-chip-made" : ""}`}>{about}</bdi>;
  const said = [
    isLate ? words.overdue : "",
    statusName,
    priority === "" ? "" : words.priority(wordsOf(priority)),
  ].filter((each) => each !== "");
  const mayMove = permissions.mayEdit(task, record);
  const refusal = drag?.refusal(id) ?? moves.refusal(id);
  const openBeside = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(id);
  };
  const moveBy = (days: number) => moves.move(id, addDays(day, days));
  const tab = isReached ? 0 : -1;
  const written = writtenTime(time, locale);
  const handle = drag === null || !mayMove ? null : drag.handle(id);
  const link = (
    <Link
      className="task-chip-link"
      to={recordAddress(task, id)}
      onClick={openBeside}
      draggable={false}
      tabIndex={tab}
      data-handle=""
      {...(handle === null ? {} : { "aria-describedby": handle["aria-describedby"], onKeyDown: handle.onKeyDown })}
    >
      {drag !== null && status !== "todo" && <Picture path={statusPaths[status] ?? ""} />}
      <time className={isLate ? "task-late" : undefined} dateTime={due_time}>
        {isLate && <Icon name="warning" />}
        {drag === null ? written : written.replace(/:00(?= )/, "")}
      </time>
      {isMade && named}
      <bdi className={`task-chip-title ${closed ? "task-closed" : ""}`}>{title}</bdi>
      {!isMade && named}
      <span className="unseen">{said.join(", ")}</span>
      {drag === null ? (
        <span className="task-chip-facts" aria-hidden="true">
          <StatusTag status={status} />
          <PriorityBadge priority={priority} />
        </span>
      ) : (
        priority !== "medium" &&
        priority !== "" && (
          <span className={`task-chip-bars priority-${priority}`}>
            <LevelBars lit={priorities.indexOf(priority) + 1} of={4} />
          </span>
        )
      )}
    </Link>
  );
  return (
    <div
      className={`task-chip ${isOpen ? "task-chip-open" : ""}`}
      {...(drag !== null && mayMove ? drag.card(id) : { "data-card": id })}
    >
      {drag === null ? link : <Tooltip text={[written, title, about, ...said].filter((each) => each !== "").join(" · ")}>{link}</Tooltip>}
      {mayMove && (
        <Menu
          label={words.move(title)}
          placement="bottom-end"
          entries={[
            { label: words.moves.before, run: () => moveBy(-1) },
            { label: words.moves.tomorrow, run: () => moveBy(1) },
            { label: words.moves.week, run: () => moveBy(7) },
            { label: words.moves.other, run: () => moves.ask(id) },
          ]}
          button={(button) => (
            <IconButton icon="more" label={words.move(title)} tabIndex={tab} {...button} />
          )}
        />
      )}
      {refusal !== undefined && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
