import { router } from "../trpc.ts";
import { entriesProcedure } from "./audit/entries.ts";
import { approveCapacityChangeProcedure } from "./catalogue/approve-capacity-change.ts";
import { cancelCompetitionSessionProcedure } from "./catalogue/cancel-competition-session.ts";
import { capacityChangesProcedure } from "./catalogue/capacity-changes.ts";
import { changeCapacityProcedure } from "./catalogue/change-capacity.ts";
import { changeHandOverProcedure } from "./catalogue/change-hand-over.ts";
import { competitionSessionProcedure } from "./catalogue/competition-session.ts";
import { createOfferProcedure } from "./catalogue/create-offer.ts";
import { offerProcedure } from "./catalogue/offer.ts";
import { offersProcedure } from "./catalogue/offers.ts";
import { publishOfferProcedure } from "./catalogue/publish-offer.ts";
import { rejectCapacityChangeProcedure } from "./catalogue/reject-capacity-change.ts";
import { seatPoolsProcedure } from "./catalogue/seat-pools.ts";
import { updateOfferProcedure } from "./catalogue/update-offer.ts";
import { withdrawOfferProcedure } from "./catalogue/withdraw-offer.ts";
import { changePolicyProcedure } from "./gate/change-policy.ts";
import { closeIncidentProcedure } from "./gate/close-incident.ts";
import { gateCompetitionSessionsProcedure } from "./gate/competition-sessions.ts";
import { countsProcedure } from "./gate/counts.ts";
import { incidentProcedure } from "./gate/incident.ts";
import { incidentsProcedure } from "./gate/incidents.ts";
import { liveProcedure } from "./gate/live.ts";
import { policyProcedure } from "./gate/policy.ts";
import { byCompetitionSessionProcedure } from "./sales/by-competition-session.ts";
import { byOfferProcedure } from "./sales/by-offer.ts";
import { changeSettingsProcedure } from "./sales/change-settings.ts";
import { orderProcedure } from "./sales/order.ts";
import { ordersProcedure } from "./sales/orders.ts";
import { refundTicketsProcedure } from "./sales/refund-tickets.ts";
import { retryRefundProcedure } from "./sales/retry-refund.ts";
import { settingsProcedure } from "./sales/settings.ts";
import { summaryProcedure } from "./sales/summary.ts";
import { assignProcedure } from "./scanners/assign.ts";
import { choicesProcedure } from "./scanners/choices.ts";
import { confirmProcedure } from "./scanners/confirm.ts";
import { inviteProcedure as inviteScannerProcedure } from "./scanners/invite.ts";
import { listProcedure as listScannersProcedure } from "./scanners/list.ts";
import { refuseProcedure } from "./scanners/refuse.ts";
import { revokeProcedure } from "./scanners/revoke.ts";
import { approveFactorResetProcedure } from "./staff/approve-factor-reset.ts";
import { cancelFactorResetProcedure } from "./staff/cancel-factor-reset.ts";
import { changeRoleProcedure } from "./staff/change-role.ts";
import { disableProcedure } from "./staff/disable.ts";
import { enableProcedure } from "./staff/enable.ts";
import { inviteProcedure } from "./staff/invite.ts";
import { listProcedure } from "./staff/list.ts";
import { requestFactorResetProcedure } from "./staff/request-factor-reset.ts";
import { revokeInvitationProcedure } from "./staff/revoke-invitation.ts";
import { blockProcedure } from "./tickets/block.ts";
import { unblockProcedure } from "./tickets/unblock.ts";

export const adminRouter = router({
  catalogue: router({
    offers: offersProcedure,
    offer: offerProcedure,
    createOffer: createOfferProcedure,
    updateOffer: updateOfferProcedure,
    publishOffer: publishOfferProcedure,
    withdrawOffer: withdrawOfferProcedure,
    competitionSession: competitionSessionProcedure,
    changeHandOver: changeHandOverProcedure,
    cancelCompetitionSession: cancelCompetitionSessionProcedure,
    seatPools: seatPoolsProcedure,
    changeCapacity: changeCapacityProcedure,
    capacityChanges: capacityChangesProcedure,
    approveCapacityChange: approveCapacityChangeProcedure,
    rejectCapacityChange: rejectCapacityChangeProcedure,
  }),
  audit: router({
    entries: entriesProcedure,
  }),
  gate: router({
    competitionSessions: gateCompetitionSessionsProcedure,
    policy: policyProcedure,
    changePolicy: changePolicyProcedure,
    counts: countsProcedure,
    live: liveProcedure,
    incidents: incidentsProcedure,
    incident: incidentProcedure,
    closeIncident: closeIncidentProcedure,
  }),
  sales: router({
    summary: summaryProcedure,
    byOffer: byOfferProcedure,
    byCompetitionSession: byCompetitionSessionProcedure,
    orders: ordersProcedure,
    order: orderProcedure,
    refundTickets: refundTicketsProcedure,
    retryRefund: retryRefundProcedure,
    settings: settingsProcedure,
    changeSettings: changeSettingsProcedure,
  }),
  scanners: router({
    choices: choicesProcedure,
    list: listScannersProcedure,
    invite: inviteScannerProcedure,
    confirm: confirmProcedure,
    refuse: refuseProcedure,
    assign: assignProcedure,
    revoke: revokeProcedure,
  }),
  tickets: router({
    block: blockProcedure,
    unblock: unblockProcedure,
  }),
  staff: router({
    list: listProcedure,
    invite: inviteProcedure,
    revokeInvitation: revokeInvitationProcedure,
    disable: disableProcedure,
    enable: enableProcedure,
    changeRole: changeRoleProcedure,
    requestFactorReset: requestFactorResetProcedure,
    cancelFactorReset: cancelFactorResetProcedure,
    approveFactorReset: approveFactorResetProcedure,
  }),
});
