/** The end of an id, which is random: enough to tell one thing from another on a page. */
export function shortId(id: string): string {
  return `…${id.slice(-8)}`;
}
