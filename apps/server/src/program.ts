import { flushCompileCache } from "node:module";
import { parseArgs } from "node:util";
import { type Config, type Flags, loadConfig } from "./config.ts";
import { createLog, type Logger } from "./log.ts";
import { SetupError } from "./setup-error.ts";
import { type RunningServer, startServer } from "./start-server.ts";
import { describeStart } from "./summary.ts";

/** Long enough for a sale that is under way, shorter than what supervisors wait before they kill. */
const shutdownDeadlineMs = 8_000;

const usage = `Usage: node apps/server/src/main.ts [--dev] [--https]

  --dev    the three apps from Vite, with hot reload
  --https  a self-signed certificate, for phones and tablets on the local network

docs/operations.md explains the settings.
`;

/** Runs the server with the settings of the environment, until it is told to stop. */
export async function run(): Promise<void> {
  try {
    const flags = readFlags();
    if (flags === undefined) return;
    const config = loadConfig(flags);
    const log = createLog(config.logLevel);
    const say = (sentence: string): void => {
      if (config.demo) process.stdout.write(`${sentence}\n`);
      else log.info(sentence);
    };
    const starting = startServer(config, { log, say });
    stopOnSignals(starting, log);
    announce(await starting, config, log);
    // Kept now: a process that is killed would not come to it.
    flushCompileCache();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

function readFlags(): Flags | undefined {
  try {
    const { values } = parseArgs({
      options: { dev: { type: "boolean" }, https: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help !== true) return { dev: values.dev ?? false, https: values.https ?? false };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
  process.stdout.write(usage);
  return undefined;
}

function announce(server: RunningServer, config: Config, log: Logger): void {
  log.info({ origins: server.origins }, "ready");
  if (config.demo) process.stdout.write(describeStart({ ...server, https: config.https }));
}

/** Ctrl+C reaches us from the terminal and once more from the package manager that started us: that is one wish. */
const sameWishMs = 500;

/** The first signal ends the work in good order, even if it has not quite begun; a second one at once. */
function stopOnSignals(starting: Promise<RunningServer>, log: Logger): void {
  let askedAt: number | undefined;
  const stop = async (): Promise<void> => {
    try {
      const server = await starting;
      await server.stop(shutdownDeadlineMs);
      log.info("stopped");
    } catch (error) {
      log.error({ err: error }, "stopping failed");
      process.exitCode = 1;
    }
    // Whatever was left behind at the deadline would keep the process; the last lines are written first.
    log.flush(() => process.exit());
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > sameWishMs) process.exit(1);
      return;
    }
    askedAt = performance.now();
    log.info({ signal }, "stopping");
    void stop();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
