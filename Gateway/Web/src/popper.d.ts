// The part of popper2 that usePosition builds on; Debian's package comes without these types.
declare module "@popperjs/core" {
  export type Placement =
    | "top"
    | "top-start"
    | "top-end"
    | "bottom"
    | "bottom-start"
    | "bottom-end"
    | "left"
    | "left-start"
    | "right"
    | "right-start";

  export interface Modifier {
    name: string;
    options?: object;
  }

  export interface Options {
    placement: Placement;
    strategy: "fixed";
    modifiers: readonly Modifier[];
  }

  export interface Instance {
    setOptions(options: Options): Promise<unknown>;
    destroy(): void;
  }

  export function popperGenerator(defaults: {
    defaultModifiers: readonly Modifier[];
  }): (reference: Element, popper: HTMLElement, options: Options) => Instance;

  export const applyStyles: Modifier;
  export const computeStyles: Modifier;
  export const eventListeners: Modifier;
  export const flip: Modifier;
  export const offset: Modifier;
  export const popperOffsets: Modifier;
  export const preventOverflow: Modifier;
}
