/** References are read aloud and typed in two halves: `7K2MX9Q4TD` is `7K2MX 9Q4TD`, and does not break between them. */
export const spacedReference = (reference: string): string =>
  `${reference.slice(0, 5)}\u00a0${reference.slice(5)}`.trim();
