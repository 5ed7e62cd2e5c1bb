import { type FormErrors, useForm, type UseFormReturnType } from "@mantine/form";
import { apiErrorOf } from "@tessera/client";
import type { ErrorCode } from "@tessera/contracts";
import { type SyntheticEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { type ErrorWords, useErrorMessage } from "../errors/use-error-message.ts";
import { describeIssue } from "./describe-issue.ts";

type FormValues = Record<string, unknown>;

type ZodFormOptions<Schema extends z.ZodType<unknown, FormValues>> = {
  readonly initialValues: z.input<Schema>;
  /** Gets what the schema made of the answers. The form is pending until it is settled; what it throws is shown. */
  readonly submit: (values: z.output<Schema>) => Promise<unknown>;
  /** Refusals that belong to one field rather than to the whole form: `{ email_taken: "email" }`. */
  readonly fieldOfError?: Partial<Record<ErrorCode, keyof z.input<Schema> & string>>;
  /** Words of this form for refusals beside their field, where those of the error code say too little. */
  readonly words?: ErrorWords;
  /** The words for issues that the schema invents (`refine` with a code as its message), by that code. */
  readonly customIssues?: Readonly<Record<string, string>>;
};

type ZodForm<Schema extends z.ZodType<unknown, FormValues>> = {
  /** Mantine's form: `{...form.getInputProps("email")}`. */
  readonly form: UseFormReturnType<z.input<Schema>, z.output<Schema>>;
  readonly onSubmit: (event?: SyntheticEvent<HTMLFormElement>) => void;
  readonly pending: boolean;
  /** What the last attempt threw, for `<FormAlert>`; null when it went well or belongs to a field. */
  readonly failure: unknown;
};

/**
 * The one way to make a form: a schema of contracts checks it, issues become sentences beside their fields, the first
 * wrong field gets the focus, and what the server refuses is shown in the reader's language.
 */
export function useZodForm<Schema extends z.ZodType<unknown, FormValues>>(
  schema: Schema,
  { initialValues, submit, fieldOfError = {}, words = {}, customIssues = {} }: ZodFormOptions<Schema>,
): ZodForm<Schema> {
  const t = useTranslations("common.fields");
  const errorMessage = useErrorMessage();
  const [failure, setFailure] = useState<unknown>(null);
  const [pending, setPending] = useState(false);

  const form = useForm<z.input<Schema>, z.output<Schema>>({
    initialValues,
    validate: (values) => {
      const result = schema.safeParse(values);
      if (result.success) return {};
      const errors: FormErrors = {};
      for (const issue of result.error.issues) {
        const path = issue.path.join(".");
        errors[path] ??=
          (issue.code === "custom" ? customIssues[issue.message] : undefined) ??
          describeIssue(issue, valueAt(values, issue.path), t);
      }
      return errors;
    },
    transformValues: (values) => schema.parse(values),
  });

  /** First as the page has it: issues come in the order of the schema. */
  function focusFirst(errors: FormErrors): void {
    const [first] = Object.keys(errors)
      .flatMap((path) => form.getInputNode(path) ?? [])
      .toSorted((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    first?.focus();
  }

  /** Puts what the server said beside the fields it is about; false if it is about none. */
  function showOnFields(error: unknown): boolean {
    const { errorCode, fields } = apiErrorOf(error);
    const field = fieldOfError[errorCode];
    const errors: FormErrors = field === undefined ? {} : { [field]: errorMessage(error, words) };
    for (const { path, code } of fields) {
      if (path in initialValues) errors[path] = customIssues[code] ?? t("invalid");
    }
    if (Object.keys(errors).length === 0) return false;
    form.setErrors(errors);
    focusFirst(errors);
    return true;
  }

  async function attempt(values: z.output<Schema>): Promise<void> {
    if (pending) return;
    setPending(true);
    setFailure(null);
    try {
      await submit(values);
    } catch (error) {
      if (!showOnFields(error)) setFailure(error);
    } finally {
      setPending(false);
    }
  }

  return { form, onSubmit: form.onSubmit(attempt, focusFirst), pending, failure };
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    values,
  );
}
