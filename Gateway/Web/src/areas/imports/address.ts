export function importAddress(id: string): string {
  return `/imports/${encodeURIComponent(id)}`;
}
