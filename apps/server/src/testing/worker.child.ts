import { createKeyring } from "@tessera/core";
import { createDatabase } from "@tessera/db";
import { pino } from "pino";
import { startWorker } from "../jobs/worker.ts";

// A worker in a process of its own, to be killed in the middle of a mail.
const [, , databaseUrl = "", ownerUrl = "", kek = ""] = process.argv;
const key = Buffer.from(kek, "base64");
const stuck = Promise.withResolvers<void>();
startWorker({
  core: {
    db: createDatabase(databaseUrl, { max: 2, applicationName: "tessera-test-child" }),
    clock: () => new Date(),
    keyring: createKeyring({ active: () => ({ id: 1, key }), byId: () => key }),
    mailer: {
      send: ({ id }) => {
        process.send?.(id);
        return stuck.promise;
      },
    },
  },
  ownerUrl,
  log: pino({ level: "silent" }),
});
