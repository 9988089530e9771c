import { type AnchorHTMLAttributes, forwardRef, type MouseEvent } from "react";
import { navigate } from "../core/navigation";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** An address of this page. */
  to: string;
}

/** A link within the page: moves without loading, and stays a link for new tabs and copying. */
export const Link = forwardRef<HTMLAnchorElement, Props>(function Link(
  { to, onClick, ...rest },
  ref,
) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
  };
  return <a ref={ref} href={to} onClick={follow} {...rest} />;
});
