import { connect, type Socket } from "node:net";

/** A connection that asks one question at a time and reads no more of an answer than it must. */
export type RawConnection = {
  /** Sends a whole request; `onAnswer` of the connection is told when its answer has come. */
  send: (request: string) => void;
  end: () => void;
};

const headerEnd = "\r\n\r\n";
const lengthHeader = "content-length: ";

/**
 * Opens one. A client that reads as carefully as a browser would be slower than the server, on the same two cores: this
 * one knows statuses, Content-Length and nothing else.
 *
 * @param onAnswer told the status and the body
 */
export function openRawConnection(
  { hostname, port }: { hostname: string; port: number },
  on: { ready: () => void; answer: (status: number, body: string) => void; error: (error: Error) => void },
): RawConnection {
  const socket: Socket = connect({ host: hostname, port, noDelay: true });
  let received = "";
  let isEnding = false;
  socket.setEncoding("latin1");
  socket.on("connect", on.ready);
  socket.on("data", (chunk: string) => {
    received = received === "" ? chunk : received + chunk;
    const at = received.indexOf(headerEnd);
    if (at === -1) return;
    const length = contentLength(received.slice(0, at));
    const bodyAt = at + headerEnd.length;
    if (length === undefined) return fail(new Error(`an answer does not say its length: ${received.slice(0, at)}`));
    if (received.length < bodyAt + length) return;
    if (received.length > bodyAt + length) return fail(new Error("an answer is longer than it says"));
    const [status, body] = [Number(received.slice("HTTP/1.1 ".length, "HTTP/1.1 ".length + 3)), received.slice(bodyAt)];
    received = "";
    on.answer(status, body);
  });
  socket.on("error", on.error);
  socket.on("close", () => {
    if (!isEnding) on.error(new Error("the server closed a connection"));
  });
  return {
    send: (request) => socket.write(request, "latin1"),
    end() {
      isEnding = true;
      socket.destroy();
    },
  };

  function fail(error: Error): void {
    isEnding = true;
    socket.destroy();
    on.error(error);
  }
}

function contentLength(header: string): number | undefined {
  const lower = header.toLowerCase();
  const at = lower.indexOf(lengthHeader);
  return at === -1 ? undefined : Number.parseInt(lower.slice(at + lengthHeader.length), 10);
}
