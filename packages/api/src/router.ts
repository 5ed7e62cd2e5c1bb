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

/** Calls procedures without HTTP, for tests of the whole story. */
export const createCaller = createCallerFactory(appRouter);
