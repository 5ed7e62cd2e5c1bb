import type { Page } from "playwright-core";

/** A device that can hold passkeys, such as a phone with a fingerprint reader: Chromium's own, without a screen. */
export type PasskeyDevice = {
  /** Whether its owner puts the finger on it when it asks. */
  readonly setWilling: (willing: boolean) => Promise<void>;
};

/** Gives the page's browser such a device (CDP domain WebAuthn). */
export async function addPasskeyDevice(page: Page, { willing = true } = {}): Promise<PasskeyDevice> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  const { authenticatorId } = await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: willing,
      automaticPresenceSimulation: true,
    },
  });
  return {
    setWilling: async (isUserVerified) => {
      await browser.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}
