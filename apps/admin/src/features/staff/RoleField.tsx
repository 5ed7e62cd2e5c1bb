import { Radio, Stack } from "@mantine/core";
import type { Role } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type RoleFieldProps<Choice extends Role> = {
  readonly choices: readonly Choice[];
  readonly value: Choice;
  readonly onChange: (role: Choice) => void;
};

/** One role of several, each with what it lets do. */
export function RoleField<Choice extends Role>({ choices, value, onChange }: RoleFieldProps<Choice>): ReactNode {
  const t = useTranslations("admin.staff");
  const roles = useTranslations("security.roles");
  return (
    <Radio.Group
      label={t("role")}
      value={value}
      onChange={(chosen) => {
        const role = choices.find((choice) => choice === chosen);
        if (role !== undefined) onChange(role);
      }}
    >
      <Stack gap="sm" mt="xs">
        {choices.map((role: Role) => (
          <Radio
            key={role}
            value={role}
            label={roles(role)}
            description={t(`mayDo.${role}`)}
            color="ink"
            iconColor="var(--mantine-color-ink-contrast)"
            size="md"
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
