import { compiledMessages } from "@tessera/messages/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/admin/",
  plugins: [react(), compiledMessages("admin")],
  // The server puts a new nonce into each document in place of this text.
  html: { cspNonce: "%CSP_NONCE%" },
});
