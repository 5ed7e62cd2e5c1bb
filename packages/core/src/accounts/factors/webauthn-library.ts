/**
 * @simplewebauthn/server, loaded when the first passkey is asked for: with its readers of certificates, which we have no
 * use for, it would be a fifth of the server's start.
 */
export const webauthnLibrary = () => import("@simplewebauthn/server");

export const webauthnHelpers = () => import("@simplewebauthn/server/helpers");
