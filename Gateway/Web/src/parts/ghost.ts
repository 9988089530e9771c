/** A picture of an element under the pointer while it is dragged; hidden from assistive technology. */
export function liftGhost(element: HTMLElement, x: number, y: number) {
  const box = element.getBoundingClientRect();
  const ghost = element.cloneNode(true) as HTMLElement;
  for (const each of [ghost, ...ghost.querySelectorAll<HTMLElement>("*")]) {
    each.removeAttribute("id");
    delete each.dataset["card"];
    delete each.dataset["lifted"];
  }
  ghost.classList.add("ghost");
  ghost.inert = true;
  ghost.setAttribute("aria-hidden", "true");
  ghost.style.width = `${box.width}px`;
  ghost.style.height = `${box.height}px`;
  const moveTo = (toX: number, toY: number) => {
    ghost.style.transform = `translate(${box.left + toX - x}px, ${box.top + toY - y}px)`;
  };
  moveTo(x, y);
  document.body.append(ghost);
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  // Releasing over a link in the card must not click it.
  window.addEventListener("click", swallow, { capture: true, once: true });
  return {
    moveTo,
    drop: () => {
      ghost.remove();
      setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
    },
  };
}
