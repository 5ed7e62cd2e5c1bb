import { Alert, Button, Stack, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { FormAlert, Pictogram } from "@tessera/ui";
import { type ReactNode, type SubmitEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Screen } from "../../shared/Screen.tsx";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";
import { wholeCode } from "./typed-code.ts";
import classes from "./enrolment.module.css";

type EnrolScreenProps = {
  /** What a link brought; empty without one. */
  readonly code: string;
  /** Sends the code; what it throws is said. */
  readonly onCode: (code: string) => Promise<unknown>;
  /** Somebody has an account and no tablet in hand. */
  readonly onSignIn: () => void;
  /** What became of the code before, if it came to nothing. */
  readonly outcome: "refused" | "expired" | null;
};

/** The first start: what this app is, where its code comes from, and the field for it. */
export function EnrolScreen({ code, onCode, onSignIn, outcome }: EnrolScreenProps): ReactNode {
  const t = useTranslations("scanner.tablet.enrol");
  const outcomes = useTranslations("scanner.tablet.outcome");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(code);
  const [incomplete, setIncomplete] = useState(false);
  const claim = useMutation({ mutationFn: onCode, onError: () => field.current?.select() });
  const { errorCode } = apiErrorOf(claim.error);
  const isWrong = claim.error !== null && errorCode === "scanner_code_wrong";

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const whole = wholeCode(typed);
    setIncomplete(whole === null);
    if (whole === null) field.current?.focus();
    else claim.mutate(whole);
  }

  return (
    <Screen wide>
      <ScreenTitle text={t("lead")}>{t("title")}</ScreenTitle>
      {outcome !== null && claim.error === null && (
        <Alert
          role="alert"
          color="terracotta"
          icon={<Pictogram name="warning" size={18} />}
          title={outcome === "refused" ? outcomes("refusedTitle") : outcomes("expiredTitle")}
        >
          {outcome === "refused" ? outcomes("refusedText") : outcomes("expiredText")}
        </Alert>
      )}
      <div className={classes.columns}>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            {claim.error !== null && !isWrong && (
              <FormAlert failure={claim.error} words={errorCode === "unavailable" ? t("offline") : undefined} />
            )}
            <TextInput
              ref={field}
              size="lg"
              label={t("code")}
              description={t("codeHint")}
              error={incomplete ? t("incomplete") : isWrong && t("wrong")}
              value={typed}
              onChange={({ currentTarget: { value } }) => {
                setTyped(value);
                setIncomplete(false);
              }}
              autoComplete="off"
              autoCapitalize="characters"
              autoCorrect="off"
              spellCheck={false}
              maxLength={40}
              classNames={{ input: classes.code ?? "" }}
            />
            <Button type="submit" size="lg" loading={claim.isPending}>
              {t("submit")}
            </Button>
          </Stack>
        </form>
        <Stack gap="md">
          <Title order={2} size="h3">
            {t("whereTitle")}
          </Title>
          <ol className={classes.steps}>
            <li>{t("whereOne")}</li>
            <li>{t("whereTwo")}</li>
            <li>{t("whereThree")}</li>
          </ol>
          <div>
            <Button variant="subtle" color="ink" onClick={onSignIn}>
              {t("account")}
            </Button>
          </div>
        </Stack>
      </div>
    </Screen>
  );
}
