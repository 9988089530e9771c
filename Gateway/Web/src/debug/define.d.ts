/** Whether this is a debug build, which has the page of all parts; set by build.mjs. */
declare const isDebugBuild: boolean;
