import { create } from "qrcode";
import type { Figure } from "../report.ts";
import { makeGateScene } from "../tickets.ts";

/** How large the code of a ticket on a phone is: QR versions, each 4 modules wider than the one before; 1 has 21. */
export async function measureQrVersion(): Promise<Figure[]> {
  const { tickets } = await makeGateScene(1);
  const text = tickets[0]?.text ?? "";
  const versionAt = (errorCorrectionLevel: "L" | "M"): number =>
    create([{ data: text, mode: "alphanumeric" }], { errorCorrectionLevel }).version;
  return [
    { name: "qr_version", value: versionAt("L"), unit: "", goal: { atMost: 10 } },
    { name: "qr_version_m", value: versionAt("M"), unit: "", goal: { atMost: 11 } },
    { name: "qr_characters", value: text.length, unit: "", goal: null },
  ];
}
