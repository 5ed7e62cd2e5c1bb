import type { CoreContext } from "../context.ts";
import { proveSales } from "../sales/prove-sales.ts";

/** Throws unless everything that is written down agrees, with what does not. */
export async function demandProof(ctx: Pick<CoreContext, "db">): Promise<void> {
  const broken = (await proveSales(ctx)).rules.filter(({ total }) => total > 0);
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
}
