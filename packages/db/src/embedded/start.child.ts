import { startEmbedded } from "./index.ts";

/** A process of its own that starts the embedded server, says where it is, and stops it when it is told to. */
const [, , dataDir = ""] = process.argv;
try {
  const { databaseUrl, ownerUrl, stop } = await startEmbedded({ dataDir });
  process.send?.({ databaseUrl, ownerUrl });
  process.once("message", () => {
    void stop().then(() => process.disconnect());
  });
} catch (error) {
  process.send?.({ failure: error instanceof Error && "code" in error ? error.code : String(error) });
  process.disconnect();
}
