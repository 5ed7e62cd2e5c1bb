import { type MailLinkKind, mailLinkKinds, mailToken } from "@tessera/contracts";
import type { ComponentType, ReactNode } from "react";
import { EmailChangeLink } from "./EmailChangeLink.tsx";
import { FactorResetCancelLink, FactorResetLink } from "./FactorResetLinks.tsx";
import { InvitationLink } from "./InvitationLink.tsx";
import type { LinkProps } from "./link-props.ts";
import { LinkProblem } from "./LinkProblem.tsx";
import { PasswordResetLink } from "./PasswordResetLink.tsx";
import { RegistrationLink } from "./RegistrationLink.tsx";
import { useLinkSecret } from "./use-link-secret.ts";

const pages: Record<MailLinkKind, ComponentType<LinkProps>> = {
  registration: RegistrationLink,
  password_reset: PasswordResetLink,
  email_change: EmailChangeLink,
  invitation: InvitationLink,
  factor_reset: FactorResetLink,
  factor_reset_cancel: FactorResetCancelLink,
};

/** What the link of a mail leads to, by its kind, in every app. Nothing is done before somebody presses a button: mail servers open links, too. */
export function LinkPage({ kind: wanted }: { readonly kind: string }): ReactNode {
  const kind = mailLinkKinds.find((each) => each === wanted);
  const secret = useLinkSecret(kind ?? wanted);
  if (kind === undefined || (kind !== "registration" && !mailToken.safeParse(secret).success)) {
    return <LinkProblem kind={kind ?? null} problem={kind !== undefined && secret === "" ? "missing" : "incomplete"} />;
  }
  const Page = pages[kind];
  return <Page key={secret} secret={secret} />;
}
