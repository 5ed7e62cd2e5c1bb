import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FormAlert } from "../forms/FormAlert.tsx";
import { SettingDialog } from "./SettingDialog.tsx";

type ConfirmDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The question. */
  readonly title: string;
  /** What happens then, and what does not. */
  readonly children: ReactNode;
  /** What the answer does, in its own words: never “Yes”. */
  readonly confirm: string;
  /** It takes something away. */
  readonly danger?: boolean;
  /** Closes the dialog when it is settled well; what it throws is shown. */
  readonly onConfirm: () => Promise<unknown>;
  /** Says some refusals better than the sentence of their error code; nothing for all others. */
  readonly wordsFor?: ((error: unknown) => string | undefined) | undefined;
};

/** Asks before something is done, and says what that means. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { opened, onClose, title } = props;
  return (
    <SettingDialog opened={opened} onClose={onClose} title={title}>
      <Question {...props} />
    </SettingDialog>
  );
}

function Question({ onClose, children, confirm, danger = false, onConfirm, wordsFor }: ConfirmDialogProps): ReactNode {
  const t = useTranslations("common.actions");
  const { mutate, isPending, error } = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <>
      <FormAlert failure={error} words={wordsFor?.(error)} />
      <div>{children}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" disabled={isPending} onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button color={danger ? "terracotta" : "laurel"} loading={isPending} onClick={() => mutate()}>
          {confirm}
        </Button>
      </Group>
    </>
  );
}
