import { compiledMessages } from "@tessera/messages/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { offlineWorker } from "./build/offline-worker.ts";

export default defineConfig({
  plugins: [react(), compiledMessages("shop"), offlineWorker()],
  // The server puts a new nonce into each document in place of this text.
  html: { cspNonce: "%CSP_NONCE%" },
});
