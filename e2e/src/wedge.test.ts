import type { CDPSession, Page } from "playwright-core";
import { expectShown } from "./expectations.ts";
import { expectVerdict, openGate } from "./gate/scan.ts";
import { setUpTablet } from "./gate/tablet.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { activateTickets, buy } from "./shop/buy.ts";
import { codeAsText } from "./shop/live-code.ts";
import { test } from "./test.ts";

/** Where a US keyboard has the characters of a code that are neither letters nor digits. */
const places: Readonly<Record<string, readonly [code: string, shift: boolean]>> = {
  " ": ["Space", false],
  $: ["Digit4", true],
  "%": ["Digit5", true],
  "*": ["Digit8", true],
  "+": ["Equal", true],
  "-": ["Minus", false],
  ".": ["Period", false],
  "/": ["Slash", false],
  ":": ["Semicolon", true],
};

/** What an AZERTY tablet makes of places that are elsewhere on it, without and with Shift. */
const azerty: Readonly<Record<string, readonly [string, string]>> = {
  KeyQ: ["a", "A"],
  KeyA: ["q", "Q"],
  KeyW: ["z", "Z"],
  KeyZ: ["w", "W"],
  KeyM: [",", "?"],
  Semicolon: ["m", "M"],
  Period: [":", "/"],
  Slash: ["!", "§"],
  Minus: [")", "°"],
  Equal: ["=", "+"],
  Digit1: ["&", "1"],
  Digit2: ["é", "2"],
  Digit3: ['"', "3"],
  Digit4: ["'", "4"],
  Digit5: ["(", "5"],
  Digit6: ["-", "6"],
  Digit7: ["è", "7"],
  Digit8: ["_", "8"],
  Digit9: ["ç", "9"],
  Digit0: ["à", "0"],
};

test("a hand scanner set up for a US keyboard is read right on an AZERTY tablet", async ({ openPage, run }) => {
  const shop = await openPage({ person: await registerVisitor(run.origin) });
  await buy(shop, "VVO01", [{ offer: "Solo", category: "A" }]);
  await activateTickets(shop);

  const gate = await openPage({ size: "tablet" });
  await setUpTablet(gate, run, { sessions: ["VVO01"], gate: "C" });
  await openGate(gate, "VVO01", "Gate C");
  await expectShown(gate.getByRole("heading", { name: "No camera" }));

  await typeLikeScanner(gate, await codeAsText(shop));
  await expectVerdict(gate, "Go in", "Ada Lovelace", "Category A", "Solo");
  await typeLikeScanner(gate, await codeAsText(shop));
  await expectVerdict(gate, "Refused", "Already in", "Gate C");
  await typeLikeScanner(gate, "https://example.org/");
  await expectVerdict(gate, "Refused", "Not a Tessera code");
});

/** Presses the keys as the operating system reports them, one right after the other, and Enter at the end. */
async function typeLikeScanner(page: Page, text: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const presses = Array.from(text).flatMap((character) => press(keyboard, character));
  await Promise.all([...presses, ...key(keyboard, "Enter", "Enter", false)]);
  await keyboard.detach();
}

function press(keyboard: CDPSession, character: string): Promise<unknown>[] {
  const [code, shift] = places[character] ?? placeOf(character);
  const [plain, shifted] = azerty[code] ?? [character.toLowerCase(), character.toUpperCase()];
  return key(keyboard, code, shift ? shifted : plain, shift);
}

function placeOf(character: string): readonly [string, boolean] {
  if (/\d/.test(character)) return [`Digit${character}`, false];
  return [`Key${character.toUpperCase()}`, character !== character.toLowerCase()];
}

function key(keyboard: CDPSession, code: string, made: string, shift: boolean): Promise<unknown>[] {
  const event = { code, key: made, modifiers: shift ? 8 : 0 };
  return (["rawKeyDown", "keyUp"] as const).map((type) => keyboard.send("Input.dispatchKeyEvent", { type, ...event }));
}
