import { Radio, Stack, Text, TextInput } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import type { useZodForm } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { companionsForm } from "./companions-form.ts";
import classes from "./Offers.module.css";

type CompanionFieldsProps = {
  readonly form: ReturnType<typeof useZodForm<ReturnType<typeof companionsForm>>>["form"];
  /** Which row of the form it is. */
  readonly index: number;
  readonly ticket: Ticket;
  readonly title: string;
  /** Which of them it is, where the title says its place. */
  readonly details: string;
};

/** Who goes in with one ticket, and on whose phone it is. */
export function CompanionFields({ form, index, ticket, title, details }: CompanionFieldsProps): ReactNode {
  const t = useTranslations("shop.companions");
  const path = `rows.${index}`;
  const way = form.values.rows[index]?.way;
  return (
    <Stack gap="sm">
      <Radio.Group
        {...form.getInputProps(`${path}.way`)}
        label={title}
        description={details}
        styles={{ label: { fontWeight: 650 } }}
      >
        <div className={classes.ways}>
          <Radio value="mine" label={t("ways.mine")} />
          <Radio value="companion" label={t("ways.companion")} />
          <Radio value="email" label={t("ways.email")} disabled={ticket.handOver.state === "forbidden"} />
        </div>
      </Radio.Group>
      {ticket.handOver.state === "forbidden" && (
        <Text size="sm" c="dimmed">
          {t("forbidden")}
        </Text>
      )}
      {way === "companion" && (
        <TextInput
          {...form.getInputProps(`${path}.name`)}
          label={t("name")}
          description={t("nameHint")}
          autoComplete="off"
          maw="26rem"
          required
          withAsterisk={false}
        />
      )}
      {way === "email" && (
        <TextInput
          {...form.getInputProps(`${path}.email`)}
          label={t("email")}
          description={t("emailHint")}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maw="26rem"
          required
          withAsterisk={false}
        />
      )}
    </Stack>
  );
}
