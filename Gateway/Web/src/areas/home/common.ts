// What Home has in common with screens that are loaded later, in one file to load; see `app/firstLoad.ts`.

import "../../app/useNews";
import "../../app/useTenant";
import "../../core/forecastState";
import "../../parts/Section";
import "../../parts/Skeleton";
import "../../parts/useLate";
import "../../parts/Waiting";
import "../../records/useRelated";
import "../forecast/amounts";
import "../imports/ImportLink";
import "../tasks/TaskRow";
import "../tasks/taskGroups";
