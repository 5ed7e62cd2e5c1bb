import { z } from "zod";
import { roles } from "./role-names.ts";

export const role = z.enum(roles);
