export { ForgottenPasswordPage } from "@tessera/ui";
