import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { SetupError } from "../setup-error.ts";

export type Listening = {
  server: Server;
  /** The one that was free, if any was asked for. */
  port: number;
  /**
   * Takes no new connections, lets what was begun be answered, and after the deadline cuts off what is left.
   */
  close: (deadlineMs: number) => Promise<void>;
};

const idlePollMs = 50;

/**
 * Listens, with HTTPS when there is a certificate.
 *
 * @throws SetupError when the port is taken or the address is not ours, naming the variable to change
 */
export async function listen(
  handler: RequestListener,
  { host, port, tls }: { host: string; port: number; tls: { key: string; cert: string } | undefined },
): Promise<Listening> {
  const server: Server = tls === undefined ? createServer(handler) : createTlsServer(tls, handler);
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen({ host, port }, listening.resolve);
  try {
    await listening.promise;
  } catch (error) {
    throw explain(error, host, port);
  }
  const address = server.address();
  return {
    server,
    port: typeof address === "object" && address !== null ? address.port : port,
    close: (deadlineMs) => closeServer(server, deadlineMs),
  };
}

function explain(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new SetupError(
        `PORT: ${port} is already in use by another program. Stop that one, or choose another port, such as PORT=${port + 1}.`,
      );
    case "EACCES":
      return new SetupError(`PORT: this user may not listen on ${port}. Choose a port above 1023, such as PORT=8080.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new SetupError(`HOST: ${host} is not an address of this machine. Leave HOST out, or set it to 0.0.0.0.`);
    default:
      return error;
  }
}

async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  // A connection that is kept alive becomes idle when its last answer is out, and would then wait for more.
  const idle = setInterval(() => server.closeIdleConnections(), idlePollMs);
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed.promise;
  clearInterval(idle);
  clearTimeout(deadline);
}
