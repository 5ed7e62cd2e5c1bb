import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { Order } from "@tessera/contracts";
import { FormAlert, useTRPC } from "@tessera/ui";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useOnePress } from "../../shared/use-one-press.ts";
import { rememberDeparture } from "./departure.ts";
import { forgetPaymentKey, paymentKey } from "./payment-key.ts";

const firstRetryMs = 400;
const mostRetries = 5;

/** To the page where the provider takes the money. */
export function PayButton({ order, label }: { readonly order: Order; readonly label: string }): ReactNode {
  const t = useTranslations("shop.order");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Leaving takes a moment: the button must not be pressed again meanwhile.
  const [leaving, setLeaving] = useState(false);
  const { mutateAsync, isPending, error } = useMutation(
    trpc.tickets.sales.startPayment.mutationOptions({
      // The same press from another tab, or from before a reload, is being worked on: its answer is ours.
      retry: (failures, failure) => failures < mostRetries && apiErrorOf(failure).errorCode === "request_under_way",
      retryDelay: (failures) => firstRetryMs * 2 ** failures * (0.5 + Math.random() / 2),
      onSuccess: ({ redirectUrl }) => {
        setLeaving(true);
        rememberDeparture(order.id);
        location.assign(redirectUrl);
      },
      onError: (failure) => {
        const { errorCode } = apiErrorOf(failure);
        if (errorCode === "unavailable" || errorCode === "internal" || errorCode === "request_under_way") return;
        forgetPaymentKey(order.id);
        void queryClient.invalidateQueries(trpc.tickets.sales.order.queryFilter({ orderId: order.id }));
      },
    }),
  );
  const pay = useOnePress(mutateAsync);

  useEffect(() => {
    // The browser's Back button may bring this very page back, as it was on leaving.
    const comeBack = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) return;
      setLeaving(false);
      void queryClient.invalidateQueries(trpc.tickets.sales.order.queryFilter({ orderId: order.id }));
    };
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, [queryClient, trpc, order.id]);

  const away = error !== null && ["unavailable", "internal"].includes(apiErrorOf(error).errorCode);
  return (
    <>
      <FormAlert failure={error} words={away ? t("providerAway") : undefined} />
      <Button
        loading={isPending || leaving}
        onClick={() => pay({ orderId: order.id, idempotencyKey: paymentKey(order) })}
      >
        {label}
      </Button>
    </>
  );
}
