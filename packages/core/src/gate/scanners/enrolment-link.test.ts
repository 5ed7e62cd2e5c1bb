import { expect, test } from "vitest";
import { enrolmentLink } from "./enrolment-link.ts";

const urlsAt = (admin: string, scanner: string) => ({
  appUrls: { shop: "https://shop.example/", admin: `${admin}/admin/`, scanner: `${scanner}/scanner/` },
});

test("leads to the scanner's own host", () => {
  const policy = urlsAt("https://admin.example", "https://gate.example");
  expect(enrolmentLink(policy, { origin: "https://admin.example" }, "ABCDE12345")).toBe(
    "https://gate.example/scanner/enrol#ABCDE12345",
  );
});

test("leads to the name by which this machine was asked, where there is one host for all", () => {
  const policy = urlsAt("http://localhost:8080", "http://localhost:8080");
  expect(enrolmentLink(policy, { origin: "https://192.0.2.7:8443" }, "ABCDE12345")).toBe(
    "https://192.0.2.7:8443/scanner/enrol#ABCDE12345",
  );
});
