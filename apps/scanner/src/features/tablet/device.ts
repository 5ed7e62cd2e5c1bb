/** What a device lacks to be a tablet at the gate. */
export type Missing = "secure_context" | "ed25519" | "storage" | "locks";

/**
 * What this device lacks, or null: told before anybody types a code. Asks the browser itself, since nothing else knows: an
 * Ed25519 key is made and thrown away.
 */
export async function findMissing(): Promise<Missing | null> {
  if (!window.isSecureContext) return "secure_context";
  if (typeof indexedDB === "undefined") return "storage";
  if (!("locks" in navigator)) return "locks";
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return null;
  } catch {
    return "ed25519";
  }
}

/** Asks the browser not to clear what is kept when space gets short. Refused by some: then it is kept as well as it can. */
export async function keepStorage(): Promise<void> {
  if (!("storage" in navigator) || typeof navigator.storage.persist !== "function") return;
  await navigator.storage.persist().catch(() => false);
}

/** The Battery Status API, which TypeScript's library does not know: Chromium alone has it. */
type Battery = { readonly level: number; readonly charging: boolean };

function hasBattery(device: Navigator): device is Navigator & { readonly getBattery: () => Promise<Battery> } {
  return "getBattery" in device && typeof device.getBattery === "function";
}

/** How full the battery is, 0 to 1; null where the device does not say. */
export async function readBattery(): Promise<{ battery: number | null; charging: boolean | null }> {
  if (!hasBattery(navigator)) return { battery: null, charging: null };
  try {
    const { level, charging } = await navigator.getBattery();
    return { battery: level, charging };
  } catch {
    return { battery: null, charging: null };
  }
}
