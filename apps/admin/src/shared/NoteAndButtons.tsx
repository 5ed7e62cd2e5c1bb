import { Button, Group, Textarea, type TextareaProps } from "@mantine/core";
import type { ReactNode } from "react";

type NoteAndButtonsProps = {
  readonly note: TextareaProps;
  readonly words: Readonly<Record<"note" | "noteHint" | "cancel" | "submit", string>>;
  readonly pending: boolean;
  readonly onCancel: () => void;
  /** What else is asked, after the reason. */
  readonly children?: ReactNode;
};

/** The end of a dialog that takes something away: why, for the staff, and the two ways out. */
export function NoteAndButtons({ note, words, pending, onCancel, children }: NoteAndButtonsProps): ReactNode {
  return (
    <>
      <Textarea
        {...note}
        label={words.note}
        description={words.noteHint}
        required
        withAsterisk={false}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        data-autofocus
      />
      {children}
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" disabled={pending} onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button type="submit" color="terracotta" loading={pending}>
          {words.submit}
        </Button>
      </Group>
    </>
  );
}
