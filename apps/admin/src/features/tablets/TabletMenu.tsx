import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ScannerView } from "@tessera/contracts";
import { Pictogram, useErrorMessage, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { AssignDialog } from "./AssignDialog.tsx";
import { isGone } from "./contact.ts";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { useTabletRefresh } from "./use-tablet-refresh.ts";

/** What can be done about a tablet; nothing about one that is out of use. */
export function TabletMenu({ tablet }: { readonly tablet: ScannerView }): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const [asking, setAsking] = useState<"assign" | "revoke" | null>(null);
  const takeBack = useTakeBack(tablet);
  const close = (): void => setAsking(null);
  if (isGone(tablet)) return null;
  if (tablet.state === "claimed") {
    return (
      <ButtonLink to="/gate/tablets/new" search={{ tablet: tablet.id }} size="sm">
        {t("compare")}
      </ButtonLink>
    );
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="sky"
            size="sm"
            px="xs"
            mih={44}
            rightSection={<Pictogram name="down" size={12} />}
            aria-label={t("actionsFor", { name: tablet.name })}
          >
            {t("actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item mih={44} onClick={() => setAsking("assign")}>
            {t("assign")}
          </Menu.Item>
          {tablet.state === "invited" ? (
            <Menu.Item mih={44} color="terracotta" onClick={takeBack}>
              {t("takeBack")}
            </Menu.Item>
          ) : (
            <Menu.Item mih={44} color="terracotta" onClick={() => setAsking("revoke")}>
              {t("revoke")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <AssignDialog tablet={tablet} opened={asking === "assign"} onClose={close} />
      <RevokeDialog tablet={tablet} opened={asking === "revoke"} onClose={close} />
    </>
  );
}

function useTakeBack({ id: scannerId, name }: ScannerView): () => void {
  const t = useTranslations("admin.gate.tablets");
  const trpc = useTRPC();
  const refresh = useTabletRefresh();
  const notify = useNotify();
  const errorMessage = useErrorMessage();
  const { mutate } = useMutation(
    trpc.admin.scanners.refuse.mutationOptions({
      onSuccess: () => notify(t("takenBack", { name })),
      onError: (error) => notify(errorMessage(error)),
      onSettled: refresh,
    }),
  );
  return () => mutate({ scannerId });
}
