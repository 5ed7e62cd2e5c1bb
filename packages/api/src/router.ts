import { adminRouter } from "./admin/router.ts";
import { authRouter } from "./auth/router.ts";
import { ticketsRouter } from "./tickets/router.ts";
import { createCallerFactory, router } from "./trpc.ts";
import { validationRouter } from "./validation/router.ts";

/** The four routers, merged. Each is a map: one procedure a file, in the folder of the part of core that it calls. */
export const appRouter = router({
  auth: authRouter,
  tickets: ticketsRouter,
  admin: adminRouter,
  validation: validationRouter,
});
export type AppRouter = typeof appRouter;

const kinds = new Map(
  Object.entries(appRouter._def.procedures).map(([path, procedure]): [string, unknown] => [
    path,
    Reflect.get(Object(Reflect.get(procedure, "_def")), "type"),
  ]),
);

/** What kind of procedure is at a path; nothing where there is none, or one with live events. */
export function kindOfProcedure(path: string): "query" | "mutation" | undefined {
  const kind = kinds.get(path);
  return kind === "query" || kind === "mutation" ? kind : undefined;
}

/** Calls procedures without HTTP, for tests of the whole story. */
export const createCaller = createCallerFactory(appRouter);
