import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listen } from "../http/listen.ts";
import { ensureCertificate } from "./certificate.ts";
import { deliverTo } from "./deliver-webhook.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-tls-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

it("is for this machine by all its names, and stays the same until a name is missing", async () => {
  const first = await ensureCertificate(dataDir, ["192.0.2.7"]);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  for (const address of ["127.0.0.1", "192.0.2.7"]) expect(certificate.checkIP(address)).toBe(address);
  expect(await ensureCertificate(dataDir, ["192.0.2.7"])).toEqual(first);
  expect(await ensureCertificate(dataDir, ["192.0.2.8"])).not.toEqual(first);
});

it("serves HTTPS, to browsers that pass the warning and to our own webhooks", async () => {
  const tls = await ensureCertificate(dataDir, []);
  const { port, close } = await listen((_, response) => response.end("hello"), { host: "127.0.0.1", port: 0, tls });
  const unwary = request({ host: "127.0.0.1", port, rejectUnauthorized: true }).end();
  await expect(once(unwary, "response")).rejects.toThrow(/self-signed/);
  const deliver = deliverTo({ origin: () => `https://127.0.0.1:${port}`, certificate: tls.cert });
  expect(await deliver("/webhooks/demo", "{}", {})).toBe(200);
  await close(0);
});
