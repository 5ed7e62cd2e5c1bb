import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { SetupError } from "../setup-error.ts";
import { listen, type Listening } from "./listen.ts";

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close(0)));
});

async function listenOn(handler: Parameters<typeof listen>[0], port = 0): Promise<Listening> {
  const listening = await listen(handler, { host: "127.0.0.1", port, tls: undefined });
  open.push(listening);
  return listening;
}

it("says which port is in use and how to choose another", async () => {
  const { port } = await listenOn((_, response) => response.end());
  const refused = listenOn((_, response) => response.end(), port);
  await expect(refused).rejects.toThrow(SetupError);
  await expect(refused).rejects.toThrow(new RegExp(`^PORT: ${port} is already in use.*PORT=${port + 1}`));
});

it("says which address is not of this machine", async () => {
  const refused = listen((_, response) => response.end(), { host: "192.0.2.1", port: 0, tls: undefined });
  await expect(refused).rejects.toThrow(/^HOST: 192\.0\.2\.1 is not an address of this machine/);
});

async function answerOf(port: number, agent?: Agent): Promise<IncomingMessage> {
  const request = get({ host: "127.0.0.1", port, ...(agent === undefined ? {} : { agent }) });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

it("closes at once while a client keeps its connection", async () => {
  const listening = await listenOn((_, response) => response.end("done"));
  const agent = new Agent({ keepAlive: true });
  const response = await answerOf(listening.port, agent);
  response.resume();
  await once(response, "end");
  // Far longer than a test may take: it is not the deadline that ends it.
  await expect(listening.close(3_600_000)).resolves.toBeUndefined();
  agent.destroy();
});

it("lets an answer that was begun come to its end", async () => {
  const begun = Promise.withResolvers<() => void>();
  const listening = await listenOn((_, response) => begun.resolve(() => response.end("all of it")));
  const answer = answerOf(listening.port);
  const finish = await begun.promise;
  const closed = listening.close(3_600_000);
  finish();
  const response = await answer;
  const chunks: string[] = [];
  for await (const chunk of response) chunks.push(String(chunk));
  expect(chunks.join("")).toBe("all of it");
  await closed;
});

it("cuts off at the deadline what goes on for ever", async () => {
  const listening = await listenOn((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: hello\n\n");
  });
  const socket: Socket = connect(listening.port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "data");
  const cut = once(socket, "close");
  await listening.close(1);
  await expect(cut).resolves.toBeDefined();
});
