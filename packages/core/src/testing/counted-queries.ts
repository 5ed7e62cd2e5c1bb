import type { KyselyPlugin } from "kysely";
import type { CoreContext } from "../context.ts";

/** The same context, and the kinds of the statements that it sends from now on, in their order. */
export function countedQueries(ctx: CoreContext): { ctx: CoreContext; kinds: string[] } {
  const kinds: string[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      kinds.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ctx: { ...ctx, db: ctx.db.withPlugin(plugin) }, kinds };
}
