import { afterEach, expect, it, vi } from "vitest";
import { installTrustedTypes } from "./trusted-types.ts";

type Rule = (text: string) => string | null;

afterEach(() => vi.unstubAllGlobals());

function install(defaultPolicy: unknown = null) {
  const createPolicy = vi.fn<(name: string, rules: Record<"createHTML" | "createScriptURL", Rule>) => void>();
  vi.stubGlobal("location", new URL("https://tickets.example.org/basket"));
  vi.stubGlobal("trustedTypes", { defaultPolicy, createPolicy });
  installTrustedTypes();
  return createPolicy;
}

it("lets style sheets pass, and no markup", () => {
  const [name, rules] = install().mock.calls[0] ?? [];
  expect(name).toBe("default");
  expect(rules?.createHTML(".a > .b { color: red }")).toBe(".a > .b { color: red }");
  for (const markup of ["<img src=x onerror=alert(1)>", "</style><script>alert(1)</script>", "a<b"]) {
    expect(rules?.createHTML(markup)).toBeNull();
  }
});

it("lets scripts of this origin pass, and no other", () => {
  const [, rules] = install().mock.calls[0] ?? [];
  expect(rules?.createScriptURL("/assets/worker.js")).toBe("/assets/worker.js");
  for (const elsewhere of [
    "https://evil.example/x.js",
    "//evil.example/x.js",
    "data:text/javascript,alert(1)",
    "blob:x",
  ]) {
    expect(rules?.createScriptURL(elsewhere)).toBeNull();
  }
});

it("has no rule for texts to run", () => {
  const [, rules] = install().mock.calls[0] ?? [];
  expect(Object.keys(rules ?? {})).toEqual(["createHTML", "createScriptURL"]);
});

it("is installed once, and not where there are no Trusted Types", () => {
  expect(install({})).not.toHaveBeenCalled();
  vi.stubGlobal("trustedTypes", undefined);
  expect(installTrustedTypes).not.toThrow();
});
