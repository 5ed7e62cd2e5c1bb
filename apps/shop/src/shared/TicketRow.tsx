import { Link } from "@tanstack/react-router";
import { Pictogram } from "@tessera/ui";
import type { ComponentProps, ReactNode } from "react";
import rows from "./LinkedRows.module.css";
import classes from "./TicketRow.module.css";

type TicketRowProps = {
  readonly ticketId: string;
  readonly name: string;
  readonly details: string;
  /** Whether it opens a gate, wants something first, does not any more, or none of these. */
  readonly tone: "good" | "waiting" | "ended" | "plain";
  readonly cancelled: boolean;
  readonly sign: ComponentProps<typeof Pictogram>["name"];
  readonly state: string;
};

/** One ticket in a list of them: a link to it, and what stands with it. */
export function TicketRow({ ticketId, name, details, tone, cancelled, sign, state }: TicketRowProps): ReactNode {
  return (
    <li className={[rows.row, classes.ticket].join(" ")} data-cancelled={cancelled}>
      <span>
        <Link to="/tickets/$ticketId" params={{ ticketId }} className={[rows.link, classes.link].join(" ")}>
          {name}
        </Link>
        <span className={classes.quiet}>{details}</span>
      </span>
      <span className={classes.state} data-tone={tone}>
        <Pictogram name={sign} size={18} />
        {state}
      </span>
    </li>
  );
}
