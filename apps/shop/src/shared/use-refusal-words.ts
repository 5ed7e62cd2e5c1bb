import { apiErrorOf } from "@tessera/client";
import type { HandOverState } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import { useTranslations } from "use-intl";
import { deviceZone } from "./days.ts";
import { clockNow } from "./device-clock.ts";

const ends = ["accepted", "refused", "taken_back", "expired", "void"] as const satisfies readonly HandOverState[];

/** Says why a ticket stays where it is, where the refusal has a moment or a number with it; else its code says enough. */
export function useRefusalWords(): (error: unknown) => string | undefined {
  const t = useTranslations("shop.handOver.refusals");
  const { date } = useFormats();
  return (error) => {
    const { errorCode, details } = apiErrorOf(error);
    const moment = (name: string): string | undefined => {
      const at = String(details[name] ?? "");
      return Number.isNaN(Date.parse(at)) ? undefined : date(at, deviceZone, "moment");
    };
    switch (errorCode) {
      case "moves_used_up": {
        const at = moment("retryAt");
        return at === undefined ? undefined : t("moves", { date: at });
      }
      case "hand_over_closed": {
        const at = moment("closesAt");
        // It may also be the competition session that is not to be as planned.
        const isOver = Date.parse(String(details["closesAt"])) <= clockNow().serverMs;
        return at === undefined || !isOver ? undefined : t("closed", { date: at });
      }
      case "hand_over_frozen": {
        const at = moment("until");
        return at === undefined ? undefined : t("frozen", { date: at });
      }
      case "hand_over_ended": {
        const state = ends.find((one) => one === details["state"]);
        return state === undefined ? undefined : t(`ended.${state}`);
      }
      case "limit_reached":
        return t(details["scope"] === "games" ? "limitGames" : "limitSession", {
          limit: Number(details["limit"]),
          has: Number(details["has"]),
        });
      default:
        return undefined;
    }
  };
}
