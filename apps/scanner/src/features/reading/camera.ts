/** Why there is no picture. */
export type CameraTrouble = "denied" | "missing" | "busy" | "failed";

export type Camera = { readonly id: string; readonly label: string };

// The torch is in the Image Capture specification, and not in the DOM's types.
type TorchTrack = { readonly torch?: boolean };

/** Opens the camera that was chosen, or one that looks away from the person who holds the tablet. */
export async function openCamera(cameraId: string | null): Promise<MediaStream> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    const which = cameraId === null ? { facingMode: { ideal: "environment" } } : { deviceId: { exact: cameraId } };
    return await navigator.mediaDevices.getUserMedia({ video: { ...size, ...which } });
  } catch (error) {
    // The one that was chosen is gone: any other is better than none.
    if (cameraId !== null && error instanceof DOMException && error.name === "OverconstrainedError") {
      return openCamera(null);
    }
    throw error;
  }
}

export function troubleOf(error: unknown): CameraTrouble {
  if (!("mediaDevices" in navigator)) return "missing";
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}

/** The cameras to choose from; browsers name them only once one was allowed. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === "videoinput").map(({ deviceId, label }) => ({ id: deviceId, label }));
}

export function hasTorch(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0];
  const capabilities: (MediaTrackCapabilities & TorchTrack) | undefined = track?.getCapabilities();
  return capabilities?.torch === true;
}

export async function setTorch(stream: MediaStream, torch: boolean): Promise<void> {
  const lit: MediaTrackConstraintSet & TorchTrack = { torch };
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [lit] });
}
