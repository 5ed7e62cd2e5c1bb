import { once } from "node:events";
import { createServer } from "node:net";

// Below what systems hand out by themselves (Linux from 32768, others from 49152). A port of those could be taken by
// somebody's outgoing connection while its owner is dead.
const first = 20_000;
const count = 10_000;

/** A port of 127.0.0.1 that a process can be killed on and come back to. */
export async function findSteadyPort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, "listening");
    server.listen(port, "127.0.0.1");
    await listening;
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
