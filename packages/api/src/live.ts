import { z } from "zod";
import { type ApiContext, guardAgain, toTRPCError } from "./trpc.ts";

/** So often the guard is asked while nothing happens. */
const askAgainMs = 30_000;

type Call = {
  ctx: ApiContext;
  /** Of the procedure: its row in the permission table counts. */
  path: string;
  signal: AbortSignal | undefined;
};

/**
 * What `watch` tells, for as long as the guard lets its caller in: it is asked before each event, so that who has signed
 * out hears nothing more, and each half minute, so that no connection outlives what it was opened with.
 *
 * @param watch ends with its signal: nobody listens any more, or the server stops
 */
export async function* whileLetIn<Event>(
  { ctx, path, signal }: Call,
  watch: (ending: AbortSignal) => AsyncIterable<Event>,
): AsyncGenerator<Event, void, undefined> {
  const sentAway = new AbortController();
  const ask = (): void => void guardAgain(ctx, path).catch((refusal: unknown) => sentAway.abort(refusal));
  const asking = setInterval(ask, askAgainMs).unref();
  const ending = signal === undefined ? sentAway.signal : AbortSignal.any([signal, sentAway.signal]);
  try {
    for await (const event of watch(ending)) {
      await guardAgain(ctx, path);
      yield event;
    }
    if (sentAway.signal.aborted) throw sentAway.signal.reason;
  } catch (error) {
    throw toTRPCError(error);
  } finally {
    clearInterval(asking);
  }
}

/** The output of a subscription: each of its events is checked and written as `event` says. */
export function eventsOf<Event extends z.ZodType>(event: Event) {
  return (
    z
      .custom<AsyncIterable<z.input<Event>>>((value) => Symbol.asyncIterator in Object(value))
      .transform(async function* (events): AsyncGenerator<z.output<Event>, void, undefined> {
        for await (const each of events) yield event.parse(each);
      })
      // Whoever reads what procedures answer finds here what the events hold.
      .meta(z.toJSONSchema(event, { unrepresentable: "any", io: "output" }))
  );
}
