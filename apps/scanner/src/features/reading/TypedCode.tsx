import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { useTranslations } from "use-intl";

type TypedCodeProps = {
  readonly onClose: () => void;
  readonly onCode: (text: string) => void;
};

/** For a code that no camera reads: typed or pasted, and taken as it is, since base45 may begin or end with a space. */
export function TypedCode({ onClose, onCode }: TypedCodeProps): ReactNode {
  const t = useTranslations("scanner.typed");
  const close = useTranslations("common.actions")("close");
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (text.trim() === "") {
      setMissing(true);
      return;
    }
    onCode(text);
    setText("");
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("title")} returnFocus={false} closeButtonProps={{ "aria-label": close }}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t("label")}
            description={t("hint")}
            value={text}
            error={missing && t("empty")}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setMissing(false);
            }}
            data-autofocus
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
          />
          <Button type="submit">{t("submit")}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
