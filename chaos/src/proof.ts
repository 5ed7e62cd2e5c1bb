import type { Finding } from "./report.ts";
import { runCommand } from "./server.ts";
import type { Stage } from "./stage.ts";

/** The product's own proof that sums, ledger, orders, tickets and pools agree: `pnpm sales prove`. */
export async function ownProof({ environment }: Stage): Promise<Finding[]> {
  const { code, output } = await runCommand("sales", ["prove"], environment);
  return code === 0 ? [] : [{ kind: "surprise", times: 1, what: `pnpm sales prove ended with ${code}: ${output}` }];
}
