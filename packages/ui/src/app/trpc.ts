import type { AppRouter } from "@tessera/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";

/** Live events while a component is on the page: `useSubscription(trpc.….subscriptionOptions(…))`. */
export { useSubscription } from "@trpc/tanstack-react-query";

/** `useTRPC()` makes query and mutation options; `useTRPCClient()` calls a procedure outside a component's life. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
