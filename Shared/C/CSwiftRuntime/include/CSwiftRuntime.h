#pragma once
// What the Swift runtime lets a program replace, which Swift itself has no name for.

/// Has `take` run each job that would go to the runtime's own threads, from whichever thread makes it
/// runnable. The job is an `UnownedJob`.
void cswift_take_global_jobs(void (*take)(void *job));
