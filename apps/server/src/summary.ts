import { type DemoAccount, otpauthUri } from "./demo/accounts.ts";

/** What a newcomer needs, at the end of the start. */
export function describeStart({
  origins,
  demoAccounts,
  https,
}: {
  origins: readonly string[];
  demoAccounts: readonly DemoAccount[];
  https: boolean;
}): string {
  const [here = "", ...network] = origins;
  return [
    "",
    "Tessera is ready.",
    "",
    `  Shop       ${here}/`,
    `  Dashboard  ${here}/admin`,
    `  Scanner    ${here}/scanner`,
    ...(network.length > 0 ? ["", "  On this network:", ...network.map((origin) => `    ${origin}/`)] : []),
    ...(https ? ["", "  The certificate is self-signed: the browser warns once, and you go on."] : []),
    ...(demoAccounts.length > 0 ? describeAccounts(demoAccounts, here) : []),
    "",
    "Press Ctrl+C to stop.",
    "",
  ].join("\n");
}

function describeAccounts(accounts: readonly DemoAccount[], origin: string): string[] {
  return [
    "",
    "Demo accounts (put the secret or the URI into an authenticator app,",
    `or read the current codes on ${origin}/demo/codes; mail arrives on ${origin}/demo/mailbox):`,
    ...accounts.flatMap((account) => [
      "",
      `  ${account.role.padEnd(10)} ${account.email}`,
      `             password     ${account.password}`,
      `             TOTP secret  ${account.totpSecret}`,
      `             ${otpauthUri(account, "Tessera")}`,
    ]),
  ];
}
