#include "CSwiftRuntime.h"

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void enqueue_global(void *job);

// Of libswift_Concurrency (swift/Runtime/Concurrency.h).
extern SWIFT_CALL void (*swift_task_enqueueGlobal_hook)(void *job, enqueue_global *original);

static void (*taker)(void *job);

static SWIFT_CALL void take_global_job(void *job, enqueue_global *original) {
  (void)original;
  taker(job);
}

void cswift_take_global_jobs(void (*take)(void *job)) {
  taker = take;
  swift_task_enqueueGlobal_hook = take_global_job;
}
