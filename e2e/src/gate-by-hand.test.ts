import { expectPage, expectShown, expectText } from "./expectations.ts";
import { expectVerdict, openGate, typeCode } from "./gate/scan.ts";
import { pin, setUpTablet, typePin } from "./gate/tablet.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buy } from "./shop/buy.ts";
import { test } from "./test.ts";

test("somebody with a dead phone is found and let in after a look; a supervisor overrules the screen", async ({
  openPage,
  run,
}) => {
  const shop = await openPage({ person: await registerVisitor(run.origin) });
  await buy(shop, "VVO02", [{ offer: "Solo", category: "A" }]);

  const gate = await openPage({ size: "tablet" });
  await setUpTablet(gate, run, { sessions: ["VVO02"], gate: "C", role: "supervisor", displayName: "Sam Roy" });
  await openGate(gate, "VVO02", "Gate C");
  await expectShown(gate.getByRole("heading", { name: "No camera" }));

  // By the beginnings of two words; whoever looks decides with a key.
  const find = async (text: string): Promise<void> => {
    await gate.getByRole("button", { name: "Find a name" }).click();
    await gate.getByRole("searchbox", { name: "Name, or reference" }).fill(text);
  };
  const row = gate.getByRole("dialog").getByRole("button", { name: /Ada Lovelace/ });
  await find("lov ada");
  await expectText(row, "Not in yet");
  await row.click();
  await expectVerdict(gate, "Look closer", "No code", "Compare this name", "Ada Lovelace", "Category A");
  await gate.keyboard.press("l");
  await expectVerdict(gate, "Go in", "Let through after a look");
  await expectShown(gate.getByText("1 entry here", { exact: true }));

  // The wrong button: the same person chooses again, and the count with them.
  await gate.getByRole("button", { name: "Change my decision" }).click();
  await expectVerdict(gate, "Look closer");
  await gate.getByRole("button", { name: "Send away" }).click();
  await expectVerdict(gate, "Sent away");
  await expectShown(gate.getByText("No entries here", { exact: true }));
  await gate.getByRole("button", { name: "Change my decision" }).click();
  await gate.getByRole("button", { name: "Let in", exact: true }).click();
  await expectVerdict(gate, "Go in");

  // Found again, the entry that was by hand is said, and the tickets inside by zone.
  await find("ada");
  await expectText(row, "In since");
  await row.click();
  await expectVerdict(gate, "Look closer", "Already in", "Gate C", "Let in by hand, without a code");
  await gate.keyboard.press("s");
  await expectVerdict(gate, "Sent away");
  await gate.getByRole("button", { name: /ticket inside/ }).click();
  await expectShown(gate.getByRole("dialog").getByRole("rowheader", { name: "Zone 1" }));
  await gate.keyboard.press("Escape");

  // Against a refusal it takes a supervisor, a reason, and their PIN; a wrong one is said.
  await typeCode(gate, "https://example.org/");
  await expectVerdict(gate, "Refused", "Not a Tessera code");
  await gate.getByRole("button", { name: "Supervisor…" }).click();
  await gate.getByRole("radio", { name: "The list is wrong" }).check();
  await gate.getByRole("button", { name: "Continue" }).click();
  await typePin(gate, "918273");
  await expectShown(gate.getByText("That is not the right PIN."));
  // By keyboard too: what is typed there is nobody's ticket.
  await gate.keyboard.type(pin);
  await gate.keyboard.press("Enter");
  await expectVerdict(gate, "Go in", "A supervisor agreed");
  await expectPage(gate, "Gate C · VVO02");
});
