import type { AppRouter } from "@tessera/api";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { apiErrorOf } from "./api-error.ts";

/**
 * Where the server wants to see the second factor again (`step_up_required`), asks for it and then repeats the request,
 * once. Callers know nothing of it; only when it was not confirmed the refusal reaches them.
 *
 * @param confirm shows the owner the question; whether they have answered it
 */
export function stepUpLink(confirm: () => Promise<boolean>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let current: Unsubscribable | undefined;
        let stopped = false;

        function send(mayAsk: boolean): void {
          current = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (refusal) => {
              if (!mayAsk || apiErrorOf(refusal).errorCode !== "step_up_required") return observer.error(refusal);
              void confirm().then((confirmed) => {
                if (stopped) return;
                if (confirmed) send(false);
                else observer.error(refusal);
              });
            },
          });
        }

        send(true);
        return () => {
          stopped = true;
          current?.unsubscribe();
        };
      });
}
