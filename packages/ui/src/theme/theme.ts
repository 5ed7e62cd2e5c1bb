import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from "@mantine/core";
import { palette } from "./palette.ts";
import { schemes } from "./schemes.ts";

const named = new Set<string>(Object.keys(schemes.light.tones));

/** Mantine takes white for words on a filled colour; ours are light or dark with the scheme. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const name = input.color ?? input.theme.primaryColor;
  if (!named.has(name)) return colors;
  if (input.variant === "filled") return { ...colors, color: `var(--mantine-color-${name}-contrast)` };
  if (input.variant === "subtle" || input.variant === "outline" || input.variant === "transparent") {
    return { ...colors, color: `var(--mantine-color-${name}-text)`, hover: `var(--mantine-color-${name}-light)` };
  }
  return colors;
};

const bodyFont = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";
const headingFont = "'Bricolage Grotesque Variable', 'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

/** Spread over Mantine's own names too, so that no colour from outside the palette can slip in. */
const colors = {
  ...palette,
  gray: palette.stone,
  dark: palette.night,
  red: palette.terracotta,
  orange: palette.terracotta,
  yellow: palette.ochre,
  green: palette.laurel,
  teal: palette.laurel,
  lime: palette.laurel,
  blue: palette.sky,
  cyan: palette.sky,
  indigo: palette.ink,
};

export const theme: MantineThemeOverride = createTheme({
  colors,
  primaryColor: "laurel",
  primaryShade: { light: 7, dark: 4 },
  white: palette.stone[0],
  black: palette.ink[8],
  variantColorResolver,
  fontFamily: bodyFont,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1.0625rem", lg: "1.1875rem", xl: "1.375rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.5" },
  headings: {
    fontFamily: headingFont,
    fontWeight: "700",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "clamp(2rem, 1.5rem + 2.2vw, 3.25rem)", lineHeight: "1.04" },
      h2: { fontSize: "clamp(1.5rem, 1.3rem + 0.9vw, 2rem)", lineHeight: "1.12" },
      h3: { fontSize: "1.3125rem", lineHeight: "1.2" },
      h4: { fontSize: "1.125rem", lineHeight: "1.25" },
      h5: { fontSize: "1.0625rem", lineHeight: "1.3" },
      h6: { fontSize: "1rem", lineHeight: "1.3" },
    },
  },
  defaultRadius: "xs",
  radius: { xs: "3px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  shadows: {
    xs: "none",
    sm: "0 1px 0 var(--tessera-line)",
    md: "0 6px 20px -8px rgb(13 20 38 / 28%)",
    lg: "0 12px 32px -12px rgb(13 20 38 / 34%)",
    xl: "0 20px 48px -16px rgb(13 20 38 / 40%)",
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  // By name and not by `Button.extend`: an app's first chunk holds only the components that it shows.
  components: {
    // What a finger can hit is 44 px and more; the heights of the medium size are in global.css.
    Button: { defaultProps: { size: "md" } },
    ActionIcon: { defaultProps: { size: 44, variant: "subtle", color: "ink" } },
    CloseButton: { defaultProps: { size: 44 } },
    Anchor: { defaultProps: { underline: "always" } },
    Input: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    Select: {
      defaultProps: {
        size: "md",
        checkIconPosition: "right",
        // Within the page's landmarks, and scrolled by the list itself: outside them a screen reader loses both.
        comboboxProps: { withinPortal: false },
        withScrollArea: false,
      },
      styles: { options: { maxHeight: "22.5rem", overflowY: "auto" } },
    },
    MultiSelect: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Checkbox: {
      defaultProps: { size: "md" },
      vars: () => ({ root: { "--checkbox-icon-color": "var(--mantine-primary-color-contrast)" } }),
    },
    Badge: { defaultProps: { size: "lg", radius: "xs" } },
    SegmentedControl: { defaultProps: { size: "md" } },
    Paper: { defaultProps: { bg: "var(--tessera-raised)" } },
    Card: { defaultProps: { bg: "var(--tessera-raised)" } },
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.5 },
        transitionProps: { duration: 120 },
        // Mantine's header would count as a second banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    },
    // Mantine's own placeholder for the focus is no menu item, which a menu may not contain.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } },
    // What scrolls sideways must be reachable with the keyboard.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    Table: { defaultProps: { verticalSpacing: "sm", tabularNums: true } },
    Loader: { defaultProps: { type: "dots", color: "ink" } },
  },
});
