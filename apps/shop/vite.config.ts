import { compiledMessages } from "@tessera/messages/vite";
import { offlineWorker } from "@tessera/offline/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * What a ticket needs where there is no network: its two pages, the words of both languages, and the signing for browsers
 * that cannot do it themselves.
 */
const offlineParts = [
  "/shop/src/routes/ticket.tsx",
  "/shop/src/routes/tickets.tsx",
  "/messages/src/fr.ts",
  "/messages/src/en.ts",
  "/@noble/ed25519/index.js",
];

export default defineConfig({
  plugins: [react(), compiledMessages("shop"), offlineWorker(offlineParts)],
  // The server puts a new nonce into each document in place of this text.
  html: { cspNonce: "%CSP_NONCE%" },
});
