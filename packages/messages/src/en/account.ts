import type { account as french } from "../fr/account.ts";
import type { Translation } from "../translation.ts";

/** Being signed in: the same words in the shop, the dashboard and the scanner. */
export const account: Translation<typeof french> = {
  menu: {
    label: "My account",
    signIn: "Sign in",
    signOut: "Sign out",
    signedInAs: "Signed in: {email}",
  },
  fields: {
    email: "E-mail address",
    password: "Password",
    newPassword: "Choose a password",
    passwordHint: "At least 12 characters. A sentence that only you know does very well.",
    passwordLength: "{count, plural, =0 {No characters} one {# character of 12} other {# characters of 12}}",
    passwordLongEnough: "Long enough",
    showPassword: "Show the password",
    hidePassword: "Hide the password",
    displayName: "Name on your tickets",
    displayNameHint: "As it is written on your identity document.",
    recoveryCode: "Recovery code",
    recoveryCodeHint: "One of the 10 codes that you kept. It works only once.",
  },
  signIn: {
    title: "Sign in",
    submit: "Sign in",
    toRegister: "No account yet? Create one",
    staffOnly: "Team accounts are created by an administrator.",
  },
  register: {
    title: "Create an account",
    submit: "Create my account",
    toSignIn: "Already have an account? Sign in",
  },
  verify: {
    title: "Second factor",
    text: "Open your authenticator app and enter the code for Tessera.",
    submit: "Verify",
    toRecovery: "I no longer have my app",
    recoveryTitle: "Recovery code",
    recoverySubmit: "Use this code",
    toTotp: "I have my app",
  },
  enrol: {
    title: "Protect your account",
    text: "A second factor is needed: even with your password, nobody else gets in.",
    scan: "Scan this code with an authenticator app.",
    qrLabel: "QR code to scan with the authenticator app",
    openApp: "Open the app on this device",
    secretTitle: "No camera? Copy this key into the app:",
    secretLabel: "Key to copy",
    confirm: "Then enter the code that it shows.",
    submit: "Turn on the second factor",
  },
  recovery: {
    title: "Keep these 10 codes",
    text: "Each opens your account once if you lose your phone. We will not show them again.",
    listLabel: "Recovery codes",
    copy: "Copy the codes",
    copied: "Codes copied",
    copyFailed: "Copying is not allowed here. Download the codes, or write them down.",
    download: "Download the codes",
    fileName: "tessera-recovery-codes.txt",
    fileIntro: "Tessera recovery codes for {email}. Each works once. Keep them away from your phone.",
    kept: "I have kept them in a safe place",
    submit: "Continue",
  },
  stepUp: {
    title: "Is it you?",
    text: "Enter a new code from your app to go on.",
    submit: "Confirm",
  },
  gate: {
    loading: "Opening your account…",
  },
};
