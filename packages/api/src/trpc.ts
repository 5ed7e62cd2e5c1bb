import { type ApiErrorData, type Audience, type ErrorCode, rolesOfAudience } from "@tessera/contracts";
import { type Actor, type AuthStanding, CodedError, type CoreContext } from "@tessera/core";
import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import { ZodError } from "zod";

/** What the server makes for each request. */
export type ApiContext = {
  core: CoreContext;
  requestId: string;
  /** The app that asks, from its header; decides which cookie was read. */
  audience: Audience;
  /** Who asks, from that cookie. Looked up once, and only if a procedure wants to know. */
  auth: () => Promise<AuthStanding>;
  /** Sets the app's cookie to a new auth session, or clears it. */
  setAuthSession: (authSession: { token: string; expiresAt: Date } | null) => void;
};

const transportCode: Partial<Record<ErrorCode, TRPC_ERROR_CODE_KEY>> = {
  invalid_input: "BAD_REQUEST",
  not_signed_in: "UNAUTHORIZED",
  second_factor_required: "UNAUTHORIZED",
  step_up_required: "FORBIDDEN",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  too_many_requests: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

const t = initTRPC.context<ApiContext>().create({
  sse: {
    maxDurationMs: 300_000,
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
  errorFormatter: ({ shape, error, ctx }) => {
    const data: ApiErrorData = {
      errorCode: errorCodeOf(error),
      details: error.cause instanceof CodedError ? error.cause.details : {},
      requestId: ctx?.requestId ?? "",
      fields:
        error.cause instanceof ZodError && error.code === "BAD_REQUEST"
          ? error.cause.issues.map((issue) => ({
              path: issue.path.join("."),
              code: issue.code === "custom" ? issue.message : issue.code,
            }))
          : [],
    };
    // The message of an unexpected error never leaves the server: the code stands in its place.
    return { code: shape.code, message: data.errorCode, data: { ...data, httpStatus: shape.data.httpStatus } };
  },
});

function errorCodeOf(error: TRPCError): ErrorCode {
  if (error.cause instanceof CodedError) return error.cause.code;
  if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR") return "invalid_input";
  if (error.code === "NOT_FOUND" || error.code === "METHOD_NOT_SUPPORTED") return "not_found";
  return "internal";
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Core throws coded errors; here, and only here, they become tRPC's. In tRPC 11 `next()` returns failures. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof CodedError) {
    const { cause } = result.error;
    throw new TRPCError({ code: transportCode[cause.code] ?? "CONFLICT", message: cause.code, cause });
  }
  return result;
});

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure.use(mapErrors);

/** Somebody who gave the right password, in any app: for enrolling, showing or repeating the second factor. */
export const accountProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const standing = await ctx.auth();
  if (standing.state === "signed_out") throw new CodedError("not_signed_in");
  return next({ ctx: { standing } });
});

function signedIn(standing: AuthStanding): Actor {
  if (standing.state === "signed_out") throw new CodedError("not_signed_in");
  if (standing.state !== "signed_in") throw new CodedError("second_factor_required");
  return standing.actor;
}

const procedureFor = (audience: Audience) =>
  publicProcedure.use(async ({ ctx, next }) => {
    const actor = signedIn(await ctx.auth());
    if (ctx.audience !== audience || !rolesOfAudience[audience].includes(actor.role)) throw new CodedError("forbidden");
    return next({ ctx: { actor } });
  });

/** Somebody signed in to the shop with both factors. */
export const visitorProcedure = procedureFor("shop");

/** A visitor who has shown the second factor a short while ago: for what costs or grants something. */
export const steppedUpVisitorProcedure = visitorProcedure.use(({ ctx, next }) => {
  if (ctx.actor.steppedUpUntil <= ctx.core.clock()) throw new CodedError("step_up_required");
  return next();
});

/** Staff, supervisors and admins, signed in to the scanner. */
export const staffProcedure = procedureFor("scanner");

/** Admins, signed in to the dashboard. */
export const adminProcedure = procedureFor("admin");
