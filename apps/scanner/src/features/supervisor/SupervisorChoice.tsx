import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Supervisor } from "./supervisor.ts";

type SupervisorChoiceProps = {
  readonly supervisors: readonly Supervisor[];
  readonly value: string | null;
  readonly onChange: (shiftId: string) => void;
  readonly error: string | null;
  /** What is decided counts against a limit: say what is left, and take nobody who has none. */
  readonly counted: boolean;
};

/** Who of those on this tablet decides. */
export function SupervisorChoice({ supervisors, value, onChange, error, counted }: SupervisorChoiceProps): ReactNode {
  const t = useTranslations("scanner.override");
  return (
    <Radio.Group label={t("who")} value={value} onChange={onChange} error={error}>
      <Stack gap="sm" mt="xs">
        {supervisors.map(({ shiftId, displayName, overridesLeft }, index) => (
          <Radio
            key={shiftId}
            value={shiftId}
            label={displayName}
            {...(counted ? { description: t("left", { count: overridesLeft }) } : {})}
            disabled={counted && overridesLeft === 0}
            data-autofocus={index === 0 || undefined}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
