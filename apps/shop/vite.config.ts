import { compiledMessages } from "@tessera/messages/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react(), compiledMessages("shop")],
  // The server puts a new nonce into each document in place of this text.
  html: { cspNonce: "%CSP_NONCE%" },
});
