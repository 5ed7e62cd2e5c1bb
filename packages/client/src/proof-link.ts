import type { AppRouter } from "@tessera/api";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { apiErrorOf } from "./api-error.ts";

/** Solves a challenge; gives what the header holds. Rejects when it cannot, or when it was stopped. */
export type Solve = (challenge: string, signal: AbortSignal) => Promise<string>;

/** Under which name the proof is in the context of an operation, for the link that sends it. */
export const proofContext = "proof";

/** The solver is loaded when it is needed for the first time, which for most people is never. */
const solveLater: Solve = async (challenge, signal) => {
  const { solve } = await import("./solve.ts");
  return solve(challenge, signal);
};

/**
 * Where the server asks for a proof of work (`proof_of_work_required`), does the work and then repeats the request, once,
 * with the proof. Callers know nothing of it but that it takes a second or two longer.
 */
export function proofLink(solve: Solve = solveLater): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const stopping = new AbortController();
        let current: Unsubscribable | undefined;

        function send(operation: typeof op, mayWork: boolean): void {
          current = next(operation).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (refusal) => {
              const { errorCode, details } = apiErrorOf(refusal);
              if (!mayWork || errorCode !== "proof_of_work_required") return observer.error(refusal);
              void solve(String(details["challenge"]), stopping.signal).then(
                (proof) => {
                  if (stopping.signal.aborted) return;
                  send({ ...op, context: { ...op.context, [proofContext]: proof } }, false);
                },
                () => observer.error(refusal),
              );
            },
          });
        }

        send(op, true);
        return () => {
          stopping.abort();
          current?.unsubscribe();
        };
      });
}
