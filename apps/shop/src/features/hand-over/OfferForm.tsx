import { Button, List, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { email, type Ticket } from "@tessera/contracts";
import { FormAlert, useAccount, useFormats, useTRPC, useZodForm } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { deviceZone } from "../../shared/days.ts";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";

type OfferFormProps = { readonly ticket: Ticket; readonly onOffered: (email: string) => void };

/** Who a ticket is offered to, and what happens then. */
export function OfferForm({ ticket, onOffered }: OfferFormProps): ReactNode {
  const t = useTranslations("shop.handOver.offer");
  const companions = useTranslations("shop.companions");
  const { date } = useFormats();
  const { email: own } = useAccount();
  const trpc = useTRPC();
  const news = useTicketNews();
  const wordsFor = useRefusalWords();
  const { mutateAsync } = useMutation(trpc.tickets.handOvers.offer.mutationOptions({ onSettled: news }));
  const { form, onSubmit, pending, failure } = useZodForm(
    z.object({ email: email.refine((address) => address !== own, "self") }),
    {
      initialValues: { email: "" },
      customIssues: { self: companions("self") },
      submit: async (offer) => {
        await mutateAsync({ offers: [{ ticketId: ticket.id, ...offer }] });
        onOffered(offer.email);
      },
    },
  );
  const closesOn = date(ticket.handOver.closesAt, deviceZone, "dateTime");
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} words={wordsFor(failure)} />
        <TextInput
          {...form.getInputProps("email")}
          key={form.key("email")}
          label={t("email")}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}

          data-autofocus
        />
        <List type="ordered" spacing="xs" size="sm">
          <List.Item>{t("steps.mail")}</List.Item>
          <List.Item>{t("steps.until")}</List.Item>
          <List.Item>{t("steps.after")}</List.Item>
          <List.Item>{t("steps.end", { date: closesOn })}</List.Item>
        </List>
        <Button type="submit" loading={pending} fullWidth>
          {t("submit")}
        </Button>
      </Stack>
    </form>
  );
}
