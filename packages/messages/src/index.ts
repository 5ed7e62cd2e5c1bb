export { loadMessages, type Messages } from "./load-messages.ts";
