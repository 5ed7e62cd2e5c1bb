import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useRouter } from "@tanstack/react-router";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

type SearchFieldProps = {
  readonly value: string;
  /** What can be searched for; by itself what the lists of offers and sales hold. */
  readonly hint?: string;
  /** Called when the typing pauses. */
  readonly onSearch: (search: string) => void;
};

const pauseMs = 250;

/** Searches while one types. What is in the address wins, unless it is an echo of what was typed a moment ago. */
export function SearchField({ value, hint, onSearch }: SearchFieldProps): ReactNode {
  const t = useTranslations("admin.list");
  const router = useRouter();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((search: string) => {
    sent.current = search;
    onSearch(search);
  }, pauseMs);

  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);

  // Whoever opens another page while the typing still pauses is not called back by the search.
  useEffect(
    () =>
      router.subscribe("onBeforeNavigate", ({ pathChanged }) => {
        if (pathChanged) send.cancel();
      }),
    [router, send],
  );

  const change = (next: string): void => {
    setText(next);
    send(next.trim());
  };

  return (
    <TextInput
      type="search"
      label={t("search")}
      placeholder={hint ?? t("searchHint")}
      maxLength={80}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<Pictogram name="search" size={18} />}
      rightSection={
        text === "" ? undefined : <CloseButton size="md" aria-label={t("clearSearch")} onClick={() => change("")} />
      }
    />
  );
}
