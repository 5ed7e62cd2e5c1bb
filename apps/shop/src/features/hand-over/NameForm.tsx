import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { displayName, type Ticket } from "@tessera/contracts";
import { FormAlert, useAccount, useTRPC, useZodForm } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import { useOnePress } from "../../shared/use-one-press.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";

type NameFormProps = { readonly ticket: Ticket; readonly onNamed: (name: string) => void };

const companion = z.object({ name: displayName });

/** The name on a ticket that stays on this phone. */
export function NameForm({ ticket, onNamed }: NameFormProps): ReactNode {
  const t = useTranslations("shop.companions.one");
  const fields = useTranslations("shop.companions");
  const { displayName: own } = useAccount();
  const trpc = useTRPC();
  const news = useTicketNews();
  const wordsFor = useRefusalWords();
  const naming = useMutation(trpc.tickets.tickets.nameCompanion.mutationOptions({ onSettled: news }));
  const isMine = ticket.holderName === own;
  const { form, onSubmit, pending, failure } = useZodForm(companion, {
    initialValues: { name: isMine ? "" : ticket.holderName },
    submit: async ({ name }) => {
      await naming.mutateAsync({ ticketId: ticket.id, name });
      onNamed(name);
    },
  });
  const takeOff = useOnePress(async () => {
    await naming.mutateAsync({ ticketId: ticket.id, name: null });
    onNamed(own);
  });
  const error = failure ?? naming.error;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={error} words={wordsFor(error)} />
        <Text>{t("text")}</Text>
        <TextInput
          {...form.getInputProps("name")}
          key={form.key("name")}
          label={fields("name")}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <Group gap="sm">
          <Button type="submit" loading={pending}>
            {t("submit")}
          </Button>
          {!isMine && (
            <Button variant="subtle" color="ink" disabled={naming.isPending} onClick={takeOff}>
              {t("mine")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
