// No schema in this file: the apps' first chunk needs the names without zod.
export const roles = ["visitor", "staff", "supervisor", "admin"] as const;
export type Role = (typeof roles)[number];
