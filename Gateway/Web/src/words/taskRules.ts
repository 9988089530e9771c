// What to do about rules that a task breaks, without the full stop.

export const words = {
  refusals: {
    notBegun: "Bring what it waits for further first: it cannot begin yet",
    notCompleted: "Complete what it waits for first",
    dueFirst: "Enter a time that is not before its start",
    dueNeeded: "Enter when it is due: a task that recurs needs that",
    tooLong: "Enter an end that is at most 31 days after the beginning",
    order: "Enter a day that is not before the first one",
    waitsAlready: "Choose another one: there is such a dependency already",
    circle: "Choose another one: these tasks would wait for each other",
    timerRuns: "Stop your timer on the other task first",
    closed: "Open the task again first",
    noTimer: "Your timer does not run on this task any more",
    twice: "Choose another time: there is a reminder at that one",
    twiceRelated: "Name each record once",
    noOccurrence: "Enter a rule that comes true: this one never does",
    tooOften: "Enter a rule that recurs hourly at most",
    noRule: "Enter a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO",
    title: "Enter what is to be done",
  },
};
