import type { CSSVariablesResolver } from "@mantine/core";
import { type Scheme, schemes } from "./schemes.ts";

/** Mantine's own variables, and those of ours that it has no name for (`--tessera-…`), from one colour scheme. */
function variablesOf(scheme: Scheme): Record<string, string> {
  const variables: Record<string, string> = {
    "--tessera-paper": scheme.paper,
    "--tessera-raised": scheme.raised,
    "--tessera-sunken": scheme.sunken,
    "--tessera-line": scheme.line,
    "--tessera-edge": scheme.edge,
    "--tessera-focus": scheme.tones.sky.text,
    "--mantine-color-body": scheme.paper,
    "--mantine-color-text": scheme.text,
    "--mantine-color-bright": scheme.text,
    "--mantine-color-dimmed": scheme.softText,
    "--mantine-color-placeholder": scheme.softText,
    "--mantine-color-anchor": scheme.tones.sky.text,
    "--mantine-color-error": scheme.tones.terracotta.text,
    "--mantine-color-success": scheme.tones.laurel.text,
    "--mantine-color-default": scheme.raised,
    "--mantine-color-default-hover": scheme.sunken,
    "--mantine-color-default-color": scheme.text,
    "--mantine-color-default-border": scheme.edge,
    "--mantine-color-disabled": scheme.sunken,
    "--mantine-color-disabled-color": scheme.softText,
    "--mantine-color-disabled-border": scheme.line,
    "--mantine-primary-color-contrast": scheme.tones.laurel.onFill,
  };
  // Mantine paints its small controls grey; in the dark scheme its grey is nearly black.
  for (const [name, tone] of Object.entries({ ...scheme.tones, gray: scheme.tones.ink })) {
    Object.assign(variables, {
      [`--mantine-color-${name}-filled`]: tone.fill,
      [`--mantine-color-${name}-filled-hover`]: tone.fillHover,
      [`--mantine-color-${name}-contrast`]: tone.onFill,
      [`--mantine-color-${name}-light`]: tone.tint,
      [`--mantine-color-${name}-light-hover`]: tone.tintHover,
      [`--mantine-color-${name}-light-color`]: tone.onTint,
      [`--mantine-color-${name}-outline`]: tone.text,
      [`--mantine-color-${name}-outline-hover`]: tone.tint,
      [`--mantine-color-${name}-text`]: tone.text,
    });
  }
  return variables;
}

export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(schemes.light),
  dark: variablesOf(schemes.dark),
});
