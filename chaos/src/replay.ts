import { openApi } from "./api.ts";
import type { HttpClient } from "./http.ts";
import type { Granted, Memory } from "./memory.ts";
import { seededRandom } from "./random.ts";
import type { Finding } from "./report.ts";

/** Asks for every reservation that was granted once more, under its key: the answer is the same to the letter. */
export async function replayAll(client: HttpClient, { granted }: Memory, atOnce: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  const left = granted.values();
  const worker = async (): Promise<void> => {
    for (const one of left) {
      const heard = await replay(client, one);
      if (heard !== one.text) findings.push({ kind: "changed", times: 1, what: `${one.text} became ${heard}` });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return findings;
}

async function replay(client: HttpClient, { account, wish }: Granted): Promise<string> {
  const api = openApi(client, account, seededRandom(0));
  const answer = await api.mutate("tickets.sales.reserve", () => ({ ...wish, retry: true }));
  return answer.kind === "granted" ? answer.text : answer.code;
}
