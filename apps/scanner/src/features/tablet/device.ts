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

/** The Battery Status API, which TypeScript's library does not know: Chromium alone has it. Its facts keep themselves current. */
type Battery = { readonly level: number; readonly charging: boolean };

function hasBattery(device: Navigator): device is Navigator & { readonly getBattery: () => Promise<Battery> } {
  return "getBattery" in device && typeof device.getBattery === "function";
}

/**
 * How full the battery is, 0 to 1; null where the device does not say, or has not said yet: some never do, and nothing
 * shall wait for that.
 */
export function watchBattery(): () => { battery: number | null; charging: boolean | null } {
  let known: Battery | null = null;
  if (hasBattery(navigator)) {
    navigator.getBattery().then(
      (battery) => (known = battery),
      () => null,
    );
  }
  return () => ({ battery: known?.level ?? null, charging: known?.charging ?? null });
}

/** Which build of the app this is: its first script has the hash of what it holds in its name. */
export function appVersion(): string {
  const entry = document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src ?? "";
  return /([^/]+)\.js$/.exec(entry)?.[1]?.slice(0, 40) ?? "dev";
}
