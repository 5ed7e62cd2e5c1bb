/** Signs in groups, as they are read out and compared: `ABCDE FGHJK`. */
export function inGroups(signs: string, size: number): string {
  return (signs.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(" ");
}
