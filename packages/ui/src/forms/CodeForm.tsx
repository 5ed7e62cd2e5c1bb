import { Button, Stack, TextInput, type TextInputProps } from "@mantine/core";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import type { z } from "zod";
import { FormAlert } from "./FormAlert.tsx";
import { useZodForm } from "./use-zod-form.ts";

type Code = { code: string };

export type CodeFormProps = {
  readonly schema: z.ZodType<Code, Code>;
  readonly submitLabel: string;
  /** Gets the code as the schema leaves it; what it throws is shown. */
  readonly submit: (code: string) => Promise<unknown>;
  /** Its label, and how it is typed. */
  readonly field: TextInputProps & { readonly "data-autofocus"?: true | undefined };
  /** What a wrong code means here. */
  readonly wrongCode?: string;
  /** The words for issues that the schema invents, by their message. */
  readonly customIssues?: Readonly<Record<string, string>>;
  /** The form sends itself when so many digits are in the field; its description says so. */
  readonly digits?: number;
};

/** One code, and nothing else to fill in. */
export function CodeForm({
  schema,
  submitLabel,
  submit,
  field,
  wrongCode,
  customIssues = {},
  digits,
}: CodeFormProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const { form, onSubmit, pending, failure } = useZodForm(schema, {
    initialValues: { code: "" },
    submit: async ({ code }) => {
      try {
        await submit(code);
      } catch (error) {
        // Whatever is typed next takes the place of what was refused.
        input.current?.select();
        throw error;
      }
    },
    customIssues,
    fieldOfError: { wrong_code: "code", code_already_used: "code" },
    words: wrongCode === undefined ? {} : { wrong_code: wrongCode },
  });
  function type({ currentTarget: { value, form: element } }: ChangeEvent<HTMLInputElement>): void {
    form.setFieldValue("code", value);
    // Some keyboards write digits in full width.
    const typed = value.normalize("NFKC").replaceAll(/\s/g, "");
    if (/^\d+$/.test(typed) && typed.length === digits) element?.requestSubmit();
  }

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput
          {...form.getInputProps("code")}
          {...field}
          ref={input}
          onChange={type}
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={pending}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
