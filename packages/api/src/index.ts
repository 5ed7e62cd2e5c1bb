export { type AppRouter, appRouter, createCaller, kindOfProcedure } from "./router.ts";
export type { ApiContext } from "./trpc.ts";
