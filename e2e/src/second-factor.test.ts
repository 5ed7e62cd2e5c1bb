import { expectPage, expectShown } from "./expectations.ts";
import { codeNow } from "./people/authenticator.ts";
import { giveCode, givePassword } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { test } from "./test.ts";

test("a wrong code and a used one are refused in words, and there is a way on", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*verifyTotp/);
  const person = await registerVisitor(run.origin);
  const page = await openPage({ size: "phone" });
  await page.goto("/account");
  await givePassword(page, person);

  await giveCode(page, await wrongCode(person.totpSecret));
  await expectShown(page.getByText("This code is not the right one. Use the one that shows now."));
  await giveCode(page, person.usedCode.digits);
  await expectShown(page.getByText("This code has been used. Wait for the next one, 30 seconds at most."));

  await page.getByRole("button", { name: "I no longer have my app" }).click();
  await page.getByRole("textbox", { name: "Recovery code" }).fill(person.recoveryCodes[3] ?? "");
  await page.getByRole("button", { name: "Use this code" }).click();
  await expectPage(page, "My account");
  await expectShown(page.getByRole("main").getByText(person.email));
});

test("signing out closes what was open", async ({ openPage, run }) => {
  const page = await openPage({ person: await registerVisitor(run.origin) });
  await page.goto("/orders");
  await expectPage(page, "My orders");
  await page.getByRole("button", { name: "My account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expectPage(page, "Sign in");
  await page.reload();
  await expectPage(page, "Sign in");
});

/** Six digits that are none of the codes that are good around now. */
async function wrongCode(secret: string): Promise<string> {
  const { digits } = await codeNow(secret);
  return digits.replaceAll(/\d/g, (digit) => String((Number(digit) + 5) % 10));
}
