import { createLink } from "@tanstack/react-router";
import { ButtonAnchor, TextAnchor } from "@tessera/ui";

/** A link that looks like a button; its address is checked by type. */
export const ButtonLink = createLink(ButtonAnchor);

/** A link in text; its address is checked by type. */
export const TextLink = createLink(TextAnchor);
