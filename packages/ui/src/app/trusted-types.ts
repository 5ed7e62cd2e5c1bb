/** What a policy of Trusted Types says to a text that somebody wants to use as markup, as a script's address, or to run. */
type Rules = {
  readonly createHTML: (text: string) => string | null;
  readonly createScriptURL: (text: string) => string | null;
};
type Factory = {
  readonly defaultPolicy: unknown;
  readonly createPolicy: (name: "default", rules: Rules) => unknown;
};

/**
 * The page's default policy (W3C Trusted Types): under `require-trusted-types-for 'script'` every text that a library
 * puts into the page as markup passes here, and what is refused throws where it was tried. Markup is never built of
 * texts: what passes is style sheets, which Mantine writes that way and which no `<` can leave. Scripts, such as workers,
 * come from this origin only. Texts to run have no rule, and so are refused.
 */
const rules: Rules = {
  createHTML: (text) => (text.includes("<") ? null : text),
  createScriptURL: (text) => (new URL(text, location.href).origin === location.origin ? text : null),
};

/** Once for each page, before anything is drawn. Browsers without Trusted Types go on without. */
export function installTrustedTypes(): void {
  const factory: unknown = Reflect.get(globalThis, "trustedTypes");
  if (isFactory(factory) && factory.defaultPolicy === null) factory.createPolicy("default", rules);
}

function isFactory(value: unknown): value is Factory {
  return typeof value === "object" && value !== null && "createPolicy" in value && "defaultPolicy" in value;
}
