/** A frame on its way to the worker: what was filmed, and the size in which it is read. */
export type ReaderQuestion = {
  readonly frame: VideoFrame | ImageBitmap;
  readonly width: number;
  readonly height: number;
};

/** What the worker says of one frame: the texts of the QR codes in it, or null when it cannot read at all. */
export type ReaderAnswer = { readonly codes: readonly string[] | null };

/** The longer edge of what is read, in pixels: a code that fills a third of the picture has four for each module. */
const frameEdge = 800;

export type CodeReader = {
  /** The texts of the QR codes in what a video shows now, exactly as they stand there. Rejects when reading does not work. */
  readonly read: (video: HTMLVideoElement) => Promise<readonly string[]>;
  readonly close: () => void;
};

/** Reads QR codes in a worker, one frame at a time, so that the screen never waits for it. */
export function createCodeReader(): CodeReader {
  const worker = new Worker(new URL("reader.worker.ts", import.meta.url), { type: "module", name: "code-reader" });
  return {
    read: async (video) => {
      const question = await frameOf(video);
      return new Promise((resolve, reject) => {
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
        worker.postMessage(question, [question.frame]);
      });
    },
    close: () => worker.terminate(),
  };
}

/** What the video shows now. Where the browser hands over the frame itself, the worker makes it smaller: not this thread. */
async function frameOf(video: HTMLVideoElement): Promise<ReaderQuestion> {
  const scale = Math.min(1, frameEdge / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  if (typeof VideoFrame !== "undefined") {
    try {
      return { frame: new VideoFrame(video), width, height };
    } catch {
      // The camera is just being taken away, or the browser cannot do it with this camera's frames.
    }
  }
  return { frame: await createImageBitmap(video, { resizeWidth: width, resizeHeight: height }), width, height };
}
