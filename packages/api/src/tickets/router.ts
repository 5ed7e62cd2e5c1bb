import { router } from "../trpc.ts";
import { competitionSessionProcedure } from "./catalogue/competition-session.ts";
import { programmeProcedure } from "./catalogue/programme.ts";
import { acceptHandOversProcedure } from "./hand-overs/accept.ts";
import { listHandOversProcedure } from "./hand-overs/list.ts";
import { offerHandOversProcedure } from "./hand-overs/offer.ts";
import { refuseHandOversProcedure } from "./hand-overs/refuse.ts";
import { takeBackHandOversProcedure } from "./hand-overs/take-back.ts";
import { availabilityProcedure } from "./sales/availability.ts";
import { cancelOrderProcedure } from "./sales/cancel-order.ts";
import { orderProcedure } from "./sales/order.ts";
import { ordersProcedure } from "./sales/orders.ts";
import { reserveProcedure } from "./sales/reserve.ts";
import { startPaymentProcedure } from "./sales/start-payment.ts";
import { activateProcedure } from "./tickets/activate.ts";
import { activationChallengesProcedure } from "./tickets/activation-challenges.ts";
import { mineProcedure } from "./tickets/mine.ts";
import { nameCompanionProcedure } from "./tickets/name-companion.ts";
import { printProcedure } from "./tickets/print.ts";
import { serverTimeProcedure } from "./tickets/server-time.ts";

export const ticketsRouter = router({
  catalogue: router({
    programme: programmeProcedure,
    competitionSession: competitionSessionProcedure,
  }),
  sales: router({
    availability: availabilityProcedure,
    reserve: reserveProcedure,
    order: orderProcedure,
    orders: ordersProcedure,
    cancelOrder: cancelOrderProcedure,
    startPayment: startPaymentProcedure,
  }),
  tickets: router({
    mine: mineProcedure,
    serverTime: serverTimeProcedure,
    activationChallenges: activationChallengesProcedure,
    activate: activateProcedure,
    print: printProcedure,
    nameCompanion: nameCompanionProcedure,
  }),
  handOvers: router({
    list: listHandOversProcedure,
    offer: offerHandOversProcedure,
    accept: acceptHandOversProcedure,
    refuse: refuseHandOversProcedure,
    takeBack: takeBackHandOversProcedure,
  }),
});
