/** The shape of a lead while it is on its way. */
export function LeadSkeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading lead">
      <div className="skeleton-title" />
      <div className="skeleton-line" />
      <div className="skeleton-block" />
      <div className="skeleton-block" />
    </div>
  );
}
