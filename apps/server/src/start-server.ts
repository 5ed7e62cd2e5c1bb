import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { ensureOrganiserKeys, type Mailer } from "@tessera/core";
import { checkpointFile, loadCheckpointKey } from "./adapters/audit-checkpoints.ts";
import { ensureCertificate } from "./adapters/certificate.ts";
import { deliverTo } from "./adapters/deliver-webhook.ts";
import { createDemoMailbox, type DemoMailbox } from "./adapters/demo-mailbox.ts";
import { loadKeks } from "./adapters/kek-files.ts";
import { openLimitStore } from "./adapters/limit-store.ts";
import { localAddresses, ownHosts } from "./adapters/local-network.ts";
import { appUrlsOf } from "./app-urls.ts";
import type { Config } from "./config.ts";
import { createContainer } from "./container.ts";
import { openDatabase, serverQueryTimeoutMs } from "./database.ts";
import type { DemoAccount } from "./demo/accounts.ts";
import { seedDemo } from "./demo/seed.ts";
import type { AnswerApps } from "./http/app.ts";
import { type Listening, listen } from "./http/listen.ts";
import { createListener } from "./http/listener.ts";
import { answerStatic, loadStaticApps } from "./http/static-apps.ts";
import { startJobs } from "./jobs/jobs.ts";
import { agreeOnKeks, startKekJob } from "./jobs/keks.ts";
import { soon } from "./jobs/soon.ts";
import type { Logger } from "./log.ts";
import { appsFolder } from "./paths.ts";
import { type Running, stopServer } from "./stop-server.ts";

type Apps = { answer: AnswerApps; close: () => Promise<void> };

/** For what was begun by a start that fails. */
const failedStartMs = 8_000;
/** Between the first answer and the first run of what works in the background. */
const backgroundPauseMs = 1_000;

export type RunningServer = {
  /** Where a browser finds it: on this machine first, then from the local network. */
  origins: string[];
  demoAccounts: DemoAccount[];
  /** Finishes what was begun, for as long as the deadline at most, and lets go of everything. */
  stop: (deadlineMs: number) => Promise<void>;
};

/**
 * Starts everything, in the order in which it is needed; the port first, so that a taken one is told at once.
 *
 * @param say told of the steps in a sentence each, for people
 * @throws SetupError with what is wrong and what to change; everything begun is ended again
 */
export async function startServer(
  config: Config,
  { log, say }: { log: Logger; say: (sentence: string) => void },
): Promise<RunningServer> {
  const stopping = new AbortController();
  const running: Running = {};
  const stop = (deadlineMs: number): Promise<void> => {
    stopping.abort();
    return stopServer(running, deadlineMs, log);
  };
  try {
    const tls = config.https ? await ensureCertificate(config.dataDir, localAddresses()) : undefined;
    let listener: RequestListener = answerStarting;
    const listening = await listen((request, response) => listener(request, response), { ...config, tls });
    running.listening = listening;
    const scheme = tls === undefined ? "http" : "https";

    // Neither needs the other; both are awaited, so that whatever was begun can be ended.
    const opening = [
      openDatabase(config, { log, say, queryTimeoutMs: serverQueryTimeoutMs }),
      loadApps(config, listening.server, say),
    ] as const;
    const [databaseOpened, appsLoaded] = await Promise.allSettled(opening);
    if (databaseOpened.status === "fulfilled") running.database = databaseOpened.value;
    if (appsLoaded.status === "fulfilled") running.apps = appsLoaded.value;
    const [database, apps] = await Promise.all(opening);
    const limits = await openLimitStore(config, { databaseUrl: database.url, log });
    running.limits = limits;
    const mail = await openMail(config);
    const keks = await loadKeks({ dataDir: config.dataDir, given: config.keks, createMissing: config.demo });
    const { core, payments } = await createContainer({
      config: {
        ...config,
        appUrls: appUrlsOf(config.origins, originsOf(config, scheme, listening.port)[0] ?? ""),
        passkeyDomain: config.passkeyDomain,
      },
      db: database.db,
      mailer: mail.mailer,
      log,
      keks,
      limits: limits.store,
      deliver: deliverTo({
        origin: () => `${scheme}://${isEveryAddress(config.host) ? "127.0.0.1" : config.host}:${listening.port}`,
        certificate: tls?.cert,
      }),
    });
    const checkpoints = {
      key: await loadCheckpointKey(config, { createMissing: config.demo }),
      store: checkpointFile(config.audit.checkpoints),
    };
    await agreeOnKeks(core, keks);
    running.keks = startKekJob(core, keks, log);
    await ensureOrganiserKeys(core);
    const demoAccounts = config.demo ? await seedDemo(core, config, say) : [];

    listener = createListener({
      core,
      payments,
      log,
      demoAccounts,
      demoMailbox: mail.mailbox,
      apps: apps.answer,
      checkDatabase: database.check,
      stopping: stopping.signal,
      secure: tls !== undefined || isSecure(config),
      strictTransport: isSecure(config),
      origins: config.origins,
      trustedProxies: config.trustedProxies,
      ownHosts: () => [config.host, ...ownHosts()],
    });
    // What nobody waits for comes when those who do have been answered: after a crash a crowd is back before us.
    const beginWorker = async () => {
      const { startWorker } = await import("./jobs/worker.ts");
      return startWorker({ core, ownerUrl: database.ownerUrl, log });
    };
    const endServer = (err: unknown): void => {
      log.fatal({ err }, "background work could not begin");
      process.exitCode = 1;
      process.kill(process.pid, "SIGTERM");
    };
    running.jobs = soon(backgroundPauseMs, async () => startJobs(core, checkpoints, log), endServer);
    const worker = soon(backgroundPauseMs, beginWorker, endServer);
    running.worker = { stop: () => worker.stop().finally(mail.close) };
    return { origins: originsOf(config, scheme, listening.port), demoAccounts, stop };
  } catch (error) {
    await stop(failedStartMs);
    throw error;
  }
}

/** Outside demo mode the configuration has an SMTP server. */
async function openMail({ smtp, helpContact }: Config): Promise<{
  mailer: Mailer;
  mailbox: DemoMailbox | undefined;
  close: () => void;
}> {
  if (smtp === undefined) {
    const mailbox = createDemoMailbox(() => new Date(), helpContact);
    return { mailer: mailbox, mailbox, close: () => undefined };
  }
  const { createSmtpMailer } = await import("./adapters/smtp-mailer.ts");
  const mailer = createSmtpMailer({ ...smtp, helpContact });
  return { mailer, mailbox: undefined, close: mailer.close };
}

/** Whether browsers reach every app over TLS, with a certificate that they trust. */
function isSecure({ origins }: Pick<Config, "origins">): boolean {
  return origins !== undefined && Object.values(origins).every((origin) => origin.startsWith("https:"));
}

/** Until everything is there: the process is alive, and not ready. */
function answerStarting({ url }: IncomingMessage, response: ServerResponse): void {
  const alive = url === "/healthz";
  response.writeHead(alive ? 200 : 503, { "content-type": "application/json" });
  response.end(JSON.stringify({ status: alive ? "alive" : "starting" }));
}

function loadApps(config: Config, server: Listening["server"], say: (sentence: string) => void): Promise<Apps> {
  return config.dev ? startDevApps(server, say) : loadBuiltApps(say);
}

async function startDevApps(server: Listening["server"], say: (sentence: string) => void): Promise<Apps> {
  say("Starting Vite for the three apps …");
  // Only a development machine has Vite.
  const { startViteApps } = await import("./dev/vite-apps.ts");
  return startViteApps(appsFolder, server);
}

async function loadBuiltApps(say: (sentence: string) => void): Promise<Apps> {
  const apps = await loadStaticApps(appsFolder);
  if (apps.length < 3) say("Not all apps are built: pnpm build makes what is missing.");
  return { answer: (c) => answerStatic(apps, c), close: async () => undefined };
}

function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function originsOf(config: Config, scheme: string, port: number): string[] {
  if (config.origins !== undefined) return [...new Set(Object.values(config.origins))];
  const hosts = isEveryAddress(config.host) ? ["localhost", ...localAddresses()] : [config.host];
  return hosts.map((host) => `${scheme}://${host === "127.0.0.1" ? "localhost" : host}:${port}`);
}
