import { Button, Stack, TextInput, type TextInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import type { z } from "zod";
import { FormAlert } from "./FormAlert.tsx";
import { useZodForm } from "./use-zod-form.ts";

type Code = { code: string };

type CodeFormProps = {
  readonly schema: z.ZodType<Code, Code>;
  readonly submitLabel: string;
  /** Gets the code as the schema leaves it; what it throws is shown. */
  readonly submit: (code: string) => Promise<unknown>;
  /** Its label, and how it is typed. */
  readonly field: TextInputProps & { readonly "data-autofocus"?: true | undefined };
};

/** A second factor: one code, and nothing else to fill in. */
export function CodeForm({ schema, submitLabel, submit, field }: CodeFormProps): ReactNode {
  const { form, onSubmit, pending, failure } = useZodForm(schema, {
    initialValues: { code: "" },
    submit: ({ code }) => submit(code),
    fieldOfError: { wrong_code: "code", code_already_used: "code" },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput {...form.getInputProps("code")} {...field} spellCheck={false} required withAsterisk={false} />
        <Button type="submit" loading={pending}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
