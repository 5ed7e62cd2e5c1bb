import { describe, expect, test } from "vitest";
import { type Scheme, schemes } from "./schemes.ts";

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Every pair of words and what they stand on. */
function textPairs(scheme: Scheme): [string, string, string][] {
  const grounds = { paper: scheme.paper, raised: scheme.raised, sunken: scheme.sunken };
  return [
    ...Object.entries(grounds).flatMap(([ground, background]): [string, string, string][] => [
      [`text on ${ground}`, scheme.text, background],
      [`soft text on ${ground}`, scheme.softText, background],
      ...Object.entries(scheme.tones).map(([name, tone]): [string, string, string] => [
        `${name} on ${ground}`,
        tone.text,
        background,
      ]),
    ]),
    ...Object.entries(scheme.tones).flatMap(([name, tone]): [string, string, string][] => [
      [`${name} filled`, tone.onFill, tone.fill],
      [`${name} filled, hovered`, tone.onFill, tone.fillHover],
      [`${name} tinted`, tone.onTint, tone.tint],
      [`${name} tinted, hovered`, tone.onTint, tone.tintHover],
      [`${name} on its tint`, tone.text, tone.tint],
    ]),
  ];
}

test("contrast is what WCAG says it is", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

describe.each(Object.entries(schemes))("the %s scheme", (_, scheme) => {
  test.each(textPairs(scheme))("%s is at least 4.5 : 1", (_name, text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ["edges of controls on paper", scheme.edge, scheme.paper],
    ["edges of controls on raised", scheme.edge, scheme.raised],
    ["focus on paper", scheme.tones.sky.text, scheme.paper],
  ])("%s are at least 3 : 1", (_name, line, ground) => {
    expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
  });
});
