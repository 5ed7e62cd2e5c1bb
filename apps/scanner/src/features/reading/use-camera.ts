import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { remember, remembered } from "../../shared/remembered.ts";
import { type Camera, type CameraTrouble, hasTorch, listCameras, openCamera, setTorch, troubleOf } from "./camera.ts";
import { createCodeReader } from "./code-reader.ts";

const cameraKey = "camera";
/** Ten frames a second are more than a hand can present. */
const frameMs = 100;

export type CameraState = {
  readonly status: "starting" | "live" | CameraTrouble;
  readonly cameras: readonly Camera[];
  /** The one that films. */
  readonly cameraId: string | null;
  readonly choose: (cameraId: string) => void;
  readonly retry: () => void;
  /** Null where the camera has no light. */
  readonly torch: { readonly lit: boolean; readonly toggle: () => void } | null;
};

type CameraUse = {
  /** Whether it only films, and nothing is read. */
  readonly isResting: () => boolean;
  readonly onCode: (text: string) => void;
};

/** Films into the video element and hands over each code that it sees, again and again while it is in view. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, { isResting, onCode }: CameraUse): CameraState {
  const [status, setStatus] = useState<CameraState["status"]>("starting");
  const [wanted, setWanted] = useState(() => ({ cameraId: remembered(cameraKey) }));
  const [cameras, setCameras] = useState<readonly Camera[]>([]);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [lit, setLit] = useState(false);
  const deliver = useEffectEvent(onCode);
  const rests = useEffectEvent(isResting);

  useEffect(() => {
    const closing = new AbortController();
    film(video, wanted.cameraId, closing.signal, {
      onStream: (opened) => {
        setStream(opened);
        setLit(false);
        setStatus("live");
        void listCameras().then(setCameras);
      },
      onCode: (text) => deliver(text),
      isResting: () => rests(),
    }).catch((error: unknown) => {
      if (!closing.signal.aborted) setStatus(troubleOf(error));
    });
    return () => {
      closing.abort();
      setStream(null);
    };
  }, [video, wanted]);

  const restart = (next: typeof wanted): void => {
    setStatus("starting");
    setWanted(next);
  };
  return {
    status,
    cameras,
    cameraId: stream?.getVideoTracks()[0]?.getSettings().deviceId ?? null,
    choose: (cameraId) => {
      remember(cameraKey, cameraId);
      restart({ cameraId });
    },
    retry: () => restart({ ...wanted }),
    torch:
      stream === null || !hasTorch(stream)
        ? null
        : { lit, toggle: () => void setTorch(stream, !lit).then(() => setLit(!lit)) },
  };
}

type Film = {
  readonly onStream: (stream: MediaStream) => void;
  readonly onCode: (text: string) => void;
  readonly isResting: () => boolean;
};

/** Settles when it is called off; rejects when there is no camera, or none any more. */
async function film(
  video: RefObject<HTMLVideoElement | null>,
  cameraId: string | null,
  signal: AbortSignal,
  { onStream, onCode, isResting }: Film,
): Promise<void> {
  const stream = await openCamera(cameraId);
  const reader = createCodeReader();
  try {
    if (signal.aborted || video.current === null) return;
    video.current.srcObject = stream;
    await video.current.play();
    onStream(stream);
    await readFrames(video.current, stream, signal, async (shown) => {
      if (isResting()) return;
      for (const text of await reader.read(shown)) if (!signal.aborted) onCode(text);
    });
  } finally {
    reader.close();
    for (const track of stream.getTracks()) track.stop();
  }
}

async function readFrames(
  video: HTMLVideoElement,
  stream: MediaStream,
  signal: AbortSignal,
  read: (shown: HTMLVideoElement) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    if (!stream.active) throw new DOMException("The camera was taken away", "NotReadableError");
    const startedAt = performance.now();
    const isFilming = video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0;
    if (isFilming && !document.hidden) await read(video);
    const restMs = Math.max(0, frameMs - (performance.now() - startedAt));
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}
