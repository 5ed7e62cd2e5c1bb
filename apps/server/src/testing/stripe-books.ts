import { randomUUID } from "node:crypto";
import type { Clock } from "@tessera/core";

export type BookedPage = {
  id: string;
  object: "checkout.session";
  created: number;
  expires_at: number;
  status: "open" | "complete" | "expired";
  payment_status: "unpaid" | "paid";
  payment_intent: string | null;
  client_reference_id: string;
  amount_total: number;
  metadata: Record<string, string>;
  url: string | null;
};

export type BookedRefund = {
  id: string;
  object: "refund";
  payment_intent: string;
  amount: number;
  status: "pending" | "succeeded" | "failed";
  metadata: Record<string, string>;
};

/** What the stand-in for Stripe has in its memory. */
export type StripeBooks = {
  clock: Clock;
  pages: BookedPage[];
  refunds: BookedRefund[];
  /** How refunds that are made from now on stand at first. */
  refundStatus: BookedRefund["status"];
};

export type StripeAnswer = { status: number; headers?: Record<string, string>; body: object };

type Fields = Record<string, string>;

/** Does what a request asks for. */
export function answerStripe(books: StripeBooks, request: string, fields: Fields): StripeAnswer {
  const [, pageId, action] = /^\w+ \/v1\/checkout\/sessions\/([^/]+)(\/expire)?$/.exec(request) ?? [];
  if (pageId !== undefined) return onPage(books, pageId, action === "/expire");
  switch (request) {
    case "POST /v1/checkout/sessions":
      return createPage(books, fields);
    case "GET /v1/checkout/sessions":
      return list(listPages(books, fields), fields);
    case "POST /v1/refunds":
      return createRefund(books, fields);
    case "GET /v1/refunds":
      return list(
        books.refunds.filter((refund) => refund.payment_intent === fields["payment_intent"]),
        fields,
      );
    default:
      return refuse(404, "no such address");
  }
}

/** Somebody pays on the page. */
export function payPage(books: StripeBooks, pageId: string): BookedPage {
  const page = pageIn(books, pageId);
  if (page?.status !== "open") throw new Error(`nobody can pay on ${pageId}`);
  return Object.assign(page, {
    status: "complete",
    payment_status: "paid",
    payment_intent: `pi_${randomUUID()}`,
    url: null,
  });
}

function createPage({ clock, pages }: StripeBooks, fields: Fields): StripeAnswer {
  const now = Math.floor(clock().getTime() / 1000);
  const expiresAt = Number(fields["expires_at"]);
  if (Object.keys(fields).some((name) => name.startsWith("payment_method_types"))) {
    return refuse(400, "payment_method_types is no longer supported", "payment_method_types_no_longer_supported");
  }
  if (!(expiresAt >= now + 1800 && expiresAt <= now + 86_400)) return refuse(400, "expires_at is out of bounds");
  const id = `cs_test_${randomUUID()}`;
  const page: BookedPage = {
    id,
    object: "checkout.session",
    created: now,
    expires_at: expiresAt,
    status: "open",
    payment_status: "unpaid",
    payment_intent: null,
    client_reference_id: fields["client_reference_id"] ?? "",
    amount_total: Number(fields["line_items[0][price_data][unit_amount]"]),
    metadata: metadataOf(fields),
    url: `https://checkout.stripe.test/${id}`,
  };
  pages.unshift(page);
  return { status: 200, body: { ...page } };
}

function onPage(books: StripeBooks, pageId: string, expire: boolean): StripeAnswer {
  const page = pageIn(books, pageId);
  if (page === undefined) return refuse(404, "no such session", "resource_missing");
  if (expire && page.status !== "open") return refuse(400, "only open sessions can be expired");
  if (expire) Object.assign(page, { status: "expired", url: null });
  return { status: 200, body: { ...page } };
}

/** A page whose time is over ends by itself. */
function pageIn({ clock, pages }: StripeBooks, pageId: string): BookedPage | undefined {
  const page = pages.find(({ id }) => id === pageId);
  if (page?.status === "open" && page.expires_at * 1000 <= clock().getTime()) {
    Object.assign(page, { status: "expired", url: null });
  }
  return page;
}

function listPages({ pages }: StripeBooks, fields: Fields): BookedPage[] {
  const [from, until] = [Number(fields["created[gte]"]), Number(fields["created[lt]"])];
  return pages.filter(({ created }) => created >= from && created < until);
}

/** The pages of Stripe's lists are walked through by the last id. */
function list(all: { id: string }[], fields: Fields): StripeAnswer {
  const after = all.findIndex(({ id }) => id === fields["starting_after"]) + 1;
  const until = after + Number(fields["limit"] ?? 10);
  return { status: 200, body: { object: "list", data: all.slice(after, until), has_more: until < all.length } };
}

function createRefund({ pages, refunds, refundStatus }: StripeBooks, fields: Fields): StripeAnswer {
  const payment_intent = fields["payment_intent"] ?? "";
  const page = pages.find((candidate) => candidate.payment_intent === payment_intent);
  if (page === undefined) return refuse(404, "no such payment_intent", "resource_missing");
  const amount = Number(fields["amount"]);
  const back = refunds.filter((refund) => refund.payment_intent === payment_intent && refund.status !== "failed");
  const left = back.reduce((cents, refund) => cents - refund.amount, page.amount_total);
  if (amount > left) return refuse(400, "greater than what is left", "charge_already_refunded");
  const refund: BookedRefund = {
    id: `re_${randomUUID()}`,
    object: "refund",
    payment_intent,
    amount,
    status: refundStatus,
    metadata: metadataOf(fields),
  };
  refunds.unshift(refund);
  return { status: 200, body: { ...refund } };
}

function metadataOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const [, key] = /^metadata\[(\w+)\]$/.exec(name) ?? [];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}

function refuse(status: number, message: string, code?: string): StripeAnswer {
  return { status, body: { error: { type: "invalid_request_error", message, code } } };
}
