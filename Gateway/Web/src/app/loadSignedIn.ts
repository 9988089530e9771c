/** Loads what a signed-in member sees; the browser requests it once, however often this is called. */
export const loadSignedIn = () => import("./SignedIn");
