export const scanner = {
  title: "Contrôle",
  tagline: "Scannez un billet.",
} as const;
