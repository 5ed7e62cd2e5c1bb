export { type MailMessages, mailMessages } from "./mail-messages.ts";
export { loadMessages, type Messages } from "./load-messages.ts";
