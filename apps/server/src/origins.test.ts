import { describe, expect, it } from "vitest";
import { originProblems, originsOf, passkeyDomainOf } from "./origins.ts";

const production = { production: true };
const three = {
  TESSERA_ORIGIN: "https://tickets.example.org",
  TESSERA_ADMIN_ORIGIN: "https://admin.tickets.example.org",
  TESSERA_SCANNER_ORIGIN: "https://gate.tickets.example.org",
};

describe("in production", () => {
  it("takes three names, and binds passkeys to the one that the others lie below", () => {
    expect(originProblems(three, production)).toEqual([]);
    expect(passkeyDomainOf(three)).toBe("tickets.example.org");
  });

  it.each(Object.keys(three))("misses %s by its name", (name) => {
    const problems = originProblems({ ...three, [name]: undefined }, production);
    expect(problems).toContainEqual(expect.stringContaining(`${name} is missing`));
  });

  it("refuses one name for two apps, whatever the port", () => {
    const shared = { ...three, TESSERA_SCANNER_ORIGIN: "https://admin.tickets.example.org:8443" };
    expect(originProblems(shared, production)).toEqual([expect.stringContaining("a host name of their own")]);
  });

  it.each(Object.keys(three))("wants TLS for %s", (name) => {
    const problems = originProblems(
      { ...three, [name]: `http://${name.toLowerCase()}.tickets.example.org` },
      production,
    );
    expect(problems).toContainEqual(`${name} must begin with https: in production`);
  });

  it("asks for the domain of passkeys where it cannot be guessed, and checks it", () => {
    const beside = { ...three, TESSERA_SCANNER_ORIGIN: "https://gate.example.org" };
    expect(originProblems(beside, production)).toEqual([expect.stringContaining("TESSERA_PASSKEY_DOMAIN")]);
    expect(originProblems({ ...beside, TESSERA_PASSKEY_DOMAIN: "example.org" }, production)).toEqual([]);
    expect(originProblems({ ...three, TESSERA_PASSKEY_DOMAIN: "ample.org" }, production)).toHaveLength(1);
  });
});

describe("elsewhere", () => {
  it("needs none, and one is enough for all", () => {
    expect(originProblems({}, { production: false })).toEqual([]);
    expect(originsOf({})).toBeUndefined();
    expect(passkeyDomainOf({})).toBeNull();
    const one = { TESSERA_ORIGIN: "https://tickets.example.org" };
    expect(originProblems(one, { production: false })).toEqual([]);
    expect(new Set(Object.values(originsOf(one) ?? {}))).toEqual(new Set(["https://tickets.example.org"]));
  });

  it("does not take the others without the shop's", () => {
    const { TESSERA_ORIGIN: _, ...others } = three;
    expect(originProblems(others, { production: false })).toEqual([
      expect.stringContaining("TESSERA_ORIGIN is missing"),
    ]);
  });
});
