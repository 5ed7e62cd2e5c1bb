/** What the worker says of one frame: the texts of the QR codes in it, or null when it cannot read at all. */
export type ReaderAnswer = { readonly codes: readonly string[] | null };

export type CodeReader = {
  /** The texts of the QR codes in a frame, exactly as they stand there. Rejects when reading does not work here at all. */
  readonly read: (frame: ImageBitmap) => Promise<readonly string[]>;
  readonly close: () => void;
};

/** Reads QR codes in a worker, one frame at a time, so that the screen never waits for it. */
export function createCodeReader(): CodeReader {
  const worker = new Worker(new URL("reader.worker.ts", import.meta.url), { type: "module", name: "code-reader" });
  return {
    read: (frame) =>
      new Promise((resolve, reject) => {
        const ending = new AbortController();
        const fail = (): void => {
          ending.abort();
          reject(new Error("The code reader does not work"));
        };
        worker.addEventListener("error", fail, { signal: ending.signal });
        worker.addEventListener(
          "message",
          ({ data: { codes } }: MessageEvent<ReaderAnswer>) => {
            if (codes === null) return fail();
            ending.abort();
            resolve(codes);
          },
          { signal: ending.signal },
        );
        worker.postMessage(frame, [frame]);
      }),
    close: () => worker.terminate(),
  };
}
