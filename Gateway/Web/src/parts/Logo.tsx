/** The product's mark; a tenant's brand colours it. */
export function Logo() {
  return (
    <svg className="logo" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="logo-ground" width="32" height="32" rx="7" />
      <path className="logo-mark" d="M8 23V10.5l8 7.5 8-7.5V23" />
    </svg>
  );
}
