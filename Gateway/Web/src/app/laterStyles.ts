/**
 * Loads the styles of screens that are not among the first. A module that imports this runs once they are there; without
 * them, should they not arrive.
 */
const address = typeof document === "undefined" ? "" : document.querySelector<HTMLMetaElement>("meta[name=later-styles]")?.content;

if (address) {
  await new Promise<void>((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}

export {};
