import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Ticket } from "@tessera/contracts";
import { fromBase64url } from "@tessera/pass";
import { useTRPC } from "@tessera/ui";
import { saveFile } from "../../shared/save-file.ts";

export type Printing = {
  /** Settles when the PDF is among the downloads; throws what was refused. */
  readonly print: (tickets: readonly Ticket[]) => Promise<void>;
  readonly pending: boolean;
  readonly error: unknown;
};

/** Puts tickets on paper: the PDF comes with the answer, is saved, and is nowhere else. */
export function usePrint(): Printing {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync, isPending, error } = useMutation(
    trpc.tickets.tickets.print.mutationOptions({
      // What was printed is kept nowhere, and not in the page either.
      gcTime: 0,
      // Also after a failure: the server may have done its part.
      onSettled: () => queryClient.invalidateQueries(trpc.tickets.tickets.mine.queryFilter()),
    }),
  );
  const print = async (tickets: readonly Ticket[]): Promise<void> => {
    const { pdf, fileName } = await mutateAsync({
      tickets: tickets.map(({ id, epoch }) => ({ ticketId: id, expectedEpoch: epoch })),
    });
    saveFile(fromBase64url(pdf), "application/pdf", fileName);
  };
  return { print, pending: isPending, error };
}
