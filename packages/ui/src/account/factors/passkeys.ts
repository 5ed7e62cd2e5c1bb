import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { WebauthnResponse } from "@tessera/contracts";

/** Why no passkey came: nothing was confirmed, this device has one already, or it cannot. */
export type PasskeyProblem = "cancelled" | "known" | "impossible";

export class PasskeyError extends Error {
  readonly problem: PasskeyProblem;

  constructor(problem: PasskeyProblem, cause: unknown) {
    super(`passkey: ${problem}`, { cause });
    this.problem = problem;
  }
}

/** Whether passkeys work in this browser on this page: they need a secure context. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function";
}

/** Has the device make a passkey (WebAuthn Level 3, `navigator.credentials.create`). Throws a `PasskeyError`. */
export async function createPasskey(options: { challenge: string }): Promise<WebauthnResponse> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by the server's half of the same library; for contracts it is a document
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  return asResponse(await ceremony(startRegistration({ optionsJSON })));
}

/** Has the device show a passkey (`navigator.credentials.get`). Throws a `PasskeyError`. */
export async function showPasskey(options: { challenge: string }): Promise<WebauthnResponse> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  return asResponse(await ceremony(startAuthentication({ optionsJSON })));
}

async function ceremony<Response>(started: Promise<Response>): Promise<Response> {
  try {
    return await started;
  } catch (error) {
    throw new PasskeyError(problemOf(error), error);
  }
}

function problemOf(error: unknown): PasskeyProblem {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "known";
  return name === "NotAllowedError" || name === "AbortError" ? "cancelled" : "impossible";
}

type Answer<Response> = {
  type: "public-key";
  id: string;
  rawId: string;
  response: Response;
  clientExtensionResults: object;
};

/** As contracts read it: documents, not the interfaces of the library. */
function asResponse<Response extends { clientDataJSON: string }>(answer: Answer<Response>): WebauthnResponse {
  const { response, clientExtensionResults } = answer;
  return { ...answer, response: { ...response }, clientExtensionResults: { ...clientExtensionResults } };
}
