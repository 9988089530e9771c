// What modules of screens look for in a browser when they are loaded. Imported before them.

const nothing = () => undefined;
const media = { matches: false, addEventListener: nothing, removeEventListener: nothing };

Object.assign(globalThis, {
  addEventListener: nothing,
  removeEventListener: nothing,
  matchMedia: () => media,
  history: { state: null, replaceState: nothing },
  location: { pathname: "/", search: "", hostname: "acme.localhost" },
  document: { documentElement: { dataset: {} }, addEventListener: nothing },
  window: globalThis,
  innerWidth: 1280,
});
Object.defineProperty(globalThis, "navigator", {
  value: { language: "en-US", platform: "Linux" },
  configurable: true,
});

export {};
