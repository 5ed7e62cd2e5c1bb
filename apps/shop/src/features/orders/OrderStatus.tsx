import type { Order } from "@tessera/contracts";
import { type ReactNode, useEffect, useState } from "react";
import { cameBackToPay, forgetDeparture } from "./departure.ts";
import { OpenOrder } from "./OpenOrder.tsx";
import { isOpen, standingOf } from "./order-facts.ts";
import { forgetPaymentKey } from "./payment-key.ts";
import { SettledOrder } from "./SettledOrder.tsx";
import classes from "./OrderStatus.module.css";

type OrderStatusProps = {
  readonly order: Order;
  /** Tickets that still open a gate. */
  readonly tickets: number;
  /** How many tickets others have got of it, where none is left here. */
  readonly given: number;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  /** Something has happened to the order: look again. */
  readonly onChanged: () => void;
  /** The seats of an order that is over are wanted after all. */
  readonly onAgain: () => void;
};

/** Where the order stands, and the one thing to do about it. */
export function OrderStatus({ order, tickets, given, now, onChanged, onAgain }: OrderStatusProps): ReactNode {
  const standing = standingOf(order);
  const open = isOpen(standing);
  const [cameBack] = useState(() => cameBackToPay(order.id));

  useEffect(() => {
    if (!open) forgetPaymentKey(order.id);
    // The bank has answered: whoever goes there again leaves anew.
    if (standing !== "held" && standing !== "awaiting") forgetDeparture(order.id);
  }, [open, standing, order.id]);

  return (
    <div className={classes.words} aria-live="polite">
      {open ? (
        <OpenOrder order={order} standing={standing} cameBack={cameBack} now={now} onChanged={onChanged} />
      ) : (
        <SettledOrder order={order} standing={standing} tickets={tickets} given={given} onAgain={onAgain} />
      )}
    </div>
  );
}
