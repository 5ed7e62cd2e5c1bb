import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { Pictogram, useOfferName } from "@tessera/ui";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { spacedReference } from "../../shared/spaced-reference.ts";
import { type FoundTicket, isSearchable, useWhereabouts, whereabouts } from "./describe-found.ts";
import classes from "./SearchDialog.module.css";

/** As many as a list gives at once. */
const mostFound = 50;

type SearchDialogProps = {
  readonly onClose: () => void;
  readonly search: (text: string) => readonly FoundTicket[];
  readonly onChoose: (ticketId: string) => void;
  /** Nobody's name can be read now. */
  readonly namesLocked: boolean;
  /** Of the venue. */
  readonly timeZone: string;
  /** By the server's clock, unix milliseconds. */
  readonly nowMs: number;
};

/** For a dead phone: somebody is found by name or by a reference, without a network too. */
export function SearchDialog({ onClose, ...rest }: SearchDialogProps): ReactNode {
  const t = useTranslations("scanner.search");
  const close = useTranslations("common.actions")("close");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      fullScreen
      returnFocus={false}
      closeButtonProps={{ "aria-label": close }}
    >
      <Search {...rest} onClose={onClose} />
    </Modal>
  );
}

function Search({ search, onChoose, onClose, namesLocked, timeZone, nowMs }: SearchDialogProps): ReactNode {
  const t = useTranslations("scanner.search");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const found = isSearchable(wanted) ? search(wanted) : null;

  const choose = (ticketId: string): void => {
    onClose();
    onChoose(ticketId);
  };
  // The only one that fits is the one that is meant.
  const onKeyDown = (event: KeyboardEvent): void => {
    const [only, another] = found ?? [];
    if (event.key === "Enter" && only !== undefined && another === undefined) choose(only.ticketId);
  };
  return (
    <div className={classes.search}>
      <TextInput
        type="search"
        size="lg"
        label={t("label")}
        description={namesLocked ? t("namesLocked") : t("hint")}
        leftSection={<Pictogram name="search" size={18} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        data-autofocus
      />
      <p role="status" className={classes.count}>
        {found === null ? t("empty") : t("found", { count: found.length })}
        {found !== null && found.length >= mostFound && ` ${t("most")}`}
      </p>
      {found !== null && found.length === 0 && <p className={classes.none}>{t("none")}</p>}
      {found !== null && found.length > 0 && (
        <ul className={classes.rows}>
          {found.map((ticket) => (
            <li key={ticket.ticketId}>
              <FoundRow ticket={ticket} timeZone={timeZone} nowMs={nowMs} onChoose={() => choose(ticket.ticketId)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type FoundRowProps = {
  readonly ticket: FoundTicket;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly onChoose: () => void;
};

function FoundRow({ ticket, timeZone, nowMs, onChoose }: FoundRowProps): ReactNode {
  const t = useTranslations("scanner.search");
  const verdict = useTranslations("scanner.verdict");
  const offerName = useOfferName();
  const say = useWhereabouts(timeZone, nowMs);
  const { holderName, category, zone, state, reference } = ticket;
  return (
    <UnstyledButton className={classes.row} onClick={onChoose}>
      <span className={classes.name}>{holderName ?? verdict("nameLocked")}</span>
      <span className={classes.seat}>
        {verdict("category", { category })} · {verdict("zone", { zone })} · {offerName(ticket)}
      </span>
      <span className={classes.state} data-state={state === "good" ? whereabouts(ticket).where : "bad"}>
        {state !== "good" && (
          <strong>
            <Pictogram name="no" size={12} /> {t(state)}
          </strong>
        )}
        {say(ticket)}
      </span>
      <span className={classes.reference}>{spacedReference(reference)}</span>
    </UnstyledButton>
  );
}
