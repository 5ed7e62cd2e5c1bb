import { expect, it } from "vitest";
import { isScannerPage } from "./scanner-paths.ts";

it.each([
  "/scanner",
  "/scanner/",
  "/scanner/enrol",
  "/scanner/scan/019a0000-0000-7000-8000-000000000000",
  "/scanner/link/invitation",
])("%s is the scanner's", (path) => expect(isScannerPage(path)).toBe(true));

it.each(["/", "/admin/", "/trpc/validation.gate.ask", "/scanners/", "/scanner/manifest.webmanifest"])(
  "%s is not",
  (path) => expect(isScannerPage(path)).toBe(false),
);
