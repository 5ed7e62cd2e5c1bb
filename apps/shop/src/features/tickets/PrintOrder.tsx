import { Button, Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { PrintDialog } from "./PrintDialog.tsx";
import { isPrintable } from "./printing.ts";
import { usePrint } from "./use-print.ts";

/** Puts all tickets of an order on paper that can go there; nothing where none can. */
export function PrintOrder({ tickets }: { readonly tickets: readonly Ticket[] }): ReactNode {
  const t = useTranslations("shop.paper");
  const printing = usePrint();
  const [asking, setAsking] = useState(false);
  const [printed, setPrinted] = useState(false);
  const printable = tickets.filter(isPrintable);
  const issued = tickets.filter(({ state }) => state === "issued").length;
  return (
    <>
      {printable.length > 0 && (
        <Button variant="subtle" color="ink" loading={printing.pending && !asking} onClick={() => setAsking(true)}>
          {t("print")}
        </Button>
      )}
      <PrintDialog
        tickets={printable}
        others={issued - printable.length}
        opened={asking}
        onClose={() => setAsking(false)}
        printing={printing}
        onPrinted={() => setPrinted(true)}
      />
      <Text role="status" size="sm" fw={600} c="laurel">
        {printed && t("done")}
      </Text>
    </>
  );
}
