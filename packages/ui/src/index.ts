import "./intl.ts";

export { TesseraApp } from "./app/TesseraApp.tsx";
export { useLocaleSwitch } from "./app/LocaleProvider.tsx";
export { useTRPC, useTRPCClient } from "./app/trpc.ts";
export { useErrorMessage } from "./errors/use-error-message.ts";
