import { Button, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { EmptyState, ErrorState, LoadingState, Page, useAccount, useSignOut } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { OffersToMe } from "../features/hand-over/OffersToMe.tsx";
import { OpenOffers } from "../features/hand-over/OpenOffers.tsx";
import { PastOffers } from "../features/hand-over/PastOffers.tsx";
import { Said } from "../features/hand-over/Said.tsx";
import { StrangerNotice } from "../features/hand-over/StrangerNotice.tsx";
import { offersToMe } from "../shared/hand-overs.ts";
import { TextLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";
import { useHandOvers } from "../shared/use-hand-overs.ts";

/** Where the mail of an offer leads: what is offered to the visitor and by the visitor, and what became of it. */
export function HandOversPage(): ReactNode {
  const t = useTranslations("shop.handOver.page");
  return (
    <>
      <StrangerNotice />
      <Private title={t("title")}>
        <HandOvers />
      </Private>
    </>
  );
}

function HandOvers(): ReactNode {
  const t = useTranslations("shop.handOver.page");
  const ticket = useTranslations("shop.ticket");
  const navigate = useNavigate();
  const handOvers = useHandOvers();
  const [said, setSaid] = useState("");
  return (
    <Page title={t("title")} over={<TextLink to="/tickets">{ticket("toAll")}</TextLink>}>
      <Said words={said} />
      {handOvers.isPending ? (
        <LoadingState label={t("loading")} />
      ) : handOvers.data === undefined ? (
        <ErrorState error={handOvers.error} onRetry={() => void handOvers.refetch()} />
      ) : (
        <>
          {offersToMe(handOvers.data).length === 0 && <NothingForMe beside={handOvers.data.length > 0} />}
          <OffersToMe
            handOvers={handOvers.data}
            onAccepted={([first]) => {
              if (first !== undefined)
                void navigate({ to: "/tickets/$ticketId", params: { ticketId: first.ticketId } });
            }}
            onRefused={setSaid}
          />
          <OpenOffers handOvers={handOvers.data} onTakenBack={setSaid} />
          <PastOffers handOvers={handOvers.data} />
        </>
      )}
    </Page>
  );
}

/** The likeliest reason is another address than the one that was written to. `beside`: other things are told below. */
function NothingForMe({ beside }: { readonly beside: boolean }): ReactNode {
  const t = useTranslations("shop.handOver.page");
  const { email } = useAccount();
  const { signOut, pending } = useSignOut();
  const text = t("noneText", { email });
  const otherAccount = (
    <Button variant="subtle" color="ink" loading={pending} onClick={signOut}>
      {t("otherAccount")}
    </Button>
  );
  return beside ? (
    <Stack gap="xs" maw="52rem" align="flex-start">
      <Text fw={650}>{t("noneTitle")}</Text>
      <Text c="dimmed">{text}</Text>
      {otherAccount}
    </Stack>
  ) : (
    <EmptyState pictogram="ticket" title={t("noneTitle")} text={text} action={otherAccount} />
  );
}
