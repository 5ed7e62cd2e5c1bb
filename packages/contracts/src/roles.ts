import { z } from "zod";

export const roles = ["visitor", "staff", "supervisor", "admin"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;
