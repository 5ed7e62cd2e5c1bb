export const admin = {
  title: "Organisation",
  tagline: "Offres, ventes et portes.",
} as const;
