import { compiledMessages } from "@tessera/messages/vite";
import { offlineWorker } from "@tessera/offline/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/scanner/",
  plugins: [react(), compiledMessages("scanner"), offlineWorker("everything")],
  // The server puts a new nonce into each document in place of this text.
  html: { cspNonce: "%CSP_NONCE%" },
  // The policy of the page asks for a worker of its own file, not one from a blob.
  worker: { format: "es" },
});
