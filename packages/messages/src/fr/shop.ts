export const shop = {
  title: "Billetterie",
  tagline: "Des billets que personne ne peut copier.",
} as const;
