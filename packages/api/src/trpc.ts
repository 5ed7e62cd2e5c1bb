import { type ApiErrorData, type Audience, type ErrorCode, type Permission, permissions } from "@tessera/contracts";
import {
  type Actor,
  type AuthStanding,
  CodedError,
  codedErrorOf,
  type CoreContext,
  demandEnrolled,
  type KnownScanner,
  type KnownStanding,
  type Requester,
  type SignedIn,
} from "@tessera/core";
import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import { ZodError } from "zod";

/** What the server makes for each request. */
export type ApiContext = {
  core: CoreContext;
  requestId: string;
  requester: Requester;
  /** The app that asks, from its header; decides which cookie was read. */
  audience: Audience;
  /** Who asks, from that cookie. Looked up once, and only if a procedure wants to know. */
  auth: () => Promise<AuthStanding>;
  /** Who that is by now, looked up afresh, for what goes on after it was let in. It is no use of the auth session. */
  authAgain: () => Promise<AuthStanding>;
  /**
   * The tablet whose signature is right, whatever has become of it; null without one. Looked up and checked once, and only
   * if a procedure wants to know. Throws `request_clock_wrong` for a request that was signed too long ago, or not yet.
   */
  scanner: () => Promise<KnownScanner | null>;
  /** Sets the app's cookie to a new auth session, or clears it. */
  setAuthSession: (authSession: { token: string; expiresAt: Date } | null) => void;
};

const transportCode: Partial<Record<ErrorCode, TRPC_ERROR_CODE_KEY>> = {
  invalid_input: "BAD_REQUEST",
  not_signed_in: "UNAUTHORIZED",
  second_factor_required: "UNAUTHORIZED",
  step_up_required: "FORBIDDEN",
  forbidden: "FORBIDDEN",
  scanner_required: "UNAUTHORIZED",
  scanner_not_enrolled: "FORBIDDEN",
  request_clock_wrong: "UNAUTHORIZED",
  employee_account: "FORBIDDEN",
  not_found: "NOT_FOUND",
  too_many_requests: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

const t = initTRPC.context<ApiContext>().create({
  // No stack for the client, whom the formatter below would not give it: writing one down takes as long as a refusal.
  isDev: false,
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

const rows: Readonly<Record<string, Permission>> = permissions;

/** Asks the permission table before anything else happens. A procedure that has no row there answers nobody. */
async function guard(ctx: ApiContext, path: string): Promise<void> {
  const permission = rows[path];
  if (!permission) throw new Error(`${path} has no row in the permission table`);
  if (!permission.audiences.includes(ctx.audience)) {
    // Who is not signed in learns that first, as everywhere.
    if (permission.standing !== "anyone") known(await ctx.auth());
    throw new CodedError("forbidden");
  }
  if (permission.standing !== "anyone") check(permission, known(await ctx.auth()), ctx.core.clock());
  if (permission.scanner === "enrolled") demandEnrolled(await signingScanner(ctx));
  else if (permission.scanner === "known") await signingScanner(ctx);
}

async function signingScanner(ctx: ApiContext): Promise<KnownScanner> {
  const scanner = await ctx.scanner();
  if (scanner === null) throw new CodedError("scanner_required");
  return scanner;
}

function check({ standing: wanted, roles, stepUp }: Permission, standing: KnownStanding, now: Date): void {
  const owesFirstFactor = standing.state === "enrol";
  const needsBoth = wanted === "signed_in" || (wanted === "enrolling" && !owesFirstFactor);
  const actor = needsBoth ? signedIn(standing).actor : null;
  if (!roles.includes(standing.account.role)) throw new CodedError("forbidden");
  if (actor && (stepUp || wanted === "enrolling") && actor.steppedUpUntil <= now) {
    throw new CodedError("step_up_required");
  }
}

function known(standing: AuthStanding): KnownStanding {
  if (standing.state === "signed_out") throw new CodedError("not_signed_in");
  return standing;
}

function signedIn(standing: KnownStanding): SignedIn {
  if (standing.state !== "signed_in") throw new CodedError("second_factor_required");
  return standing;
}

/** Asks the guard once more, for what goes on after it was let in. Throws a coded error at whoever it is not for any more. */
export function guardAgain(ctx: ApiContext, path: string): Promise<void> {
  return guard({ ...ctx, auth: ctx.authAgain }, path);
}

/** Core throws coded errors; here, and only here, they become tRPC's. */
export function toTRPCError(error: unknown): unknown {
  const coded = codedErrorOf(error);
  return coded === undefined ? error : new TRPCError(describe(coded));
}

const describe = (coded: CodedError) => ({
  code: transportCode[coded.code] ?? "CONFLICT",
  message: coded.code,
  cause: coded,
});

/**
 * A base procedure: the guard, who it is that asks, and the errors of whatever comes next. All in one middleware, since
 * each costs more than what it does.
 *
 * @param enter what the procedure is told besides the context; throws a coded error at whoever it is not for
 */
const baseProcedure = <Entered extends object>(enter: (ctx: ApiContext) => Promise<Entered>) =>
  t.procedure.use(async ({ ctx, path, next }) => {
    try {
      await guard(ctx, path);
      const result = await next({ ctx: await enter(ctx) });
      // In tRPC 11 `next()` returns failures, as errors of its own around those of core: they only lack the right code.
      const coded = result.ok ? undefined : codedErrorOf(result.error.cause);
      if (!result.ok && coded !== undefined) Object.assign(result.error, describe(coded));
      return result;
    } catch (error) {
      throw toTRPCError(error);
    }
  });

/** Whoever its row lets in; without one, nobody. What stands below only says who that is. */
export const publicProcedure = baseProcedure(async () => ({}));

/** Somebody who gave the right password, or more. */
export const accountProcedure = baseProcedure(async (ctx) => ({ standing: known(await ctx.auth()) }));

async function enterSignedIn(ctx: ApiContext): Promise<{ standing: SignedIn; actor: Actor }> {
  const standing = signedIn(known(await ctx.auth()));
  return { standing, actor: standing.actor };
}

/** Somebody signed in with both factors. */
export const signedInProcedure = baseProcedure(enterSignedIn);

const procedureOf = (audience: Audience) =>
  baseProcedure(async (ctx) => {
    if (ctx.audience !== audience) throw new CodedError("forbidden");
    return enterSignedIn(ctx);
  });

/** Somebody signed in to the shop. */
export const visitorProcedure = procedureOf("shop");

const enterEnrolled = async (ctx: ApiContext) => ({ scanner: demandEnrolled(await signingScanner(ctx)) });

/** An enrolled tablet, whoever works with it. */
export const scannerProcedure = baseProcedure(enterEnrolled);

/** A tablet that has a key, whatever has become of it. */
export const knownScannerProcedure = baseProcedure(async (ctx) => ({ scanner: await signingScanner(ctx) }));

/** Staff, supervisors and admins, signed in on an enrolled tablet. */
export const staffOnScannerProcedure = baseProcedure(async (ctx) => ({
  ...(await enterSignedIn(ctx)),
  ...(await enterEnrolled(ctx)),
}));

/** Admins, signed in to the dashboard. */
export const adminProcedure = procedureOf("admin");

/** Supervisors and admins, signed in to the dashboard: which of them, its row says. */
export const supervisorProcedure = procedureOf("admin");
