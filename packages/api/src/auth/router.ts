import { router } from "../trpc.ts";
import { meProcedure } from "./accounts/me.ts";
import { setLocaleProcedure } from "./accounts/set-locale.ts";
import { signInProcedure } from "./accounts/sign-in.ts";
import { signOutProcedure } from "./accounts/sign-out.ts";
import { confirmChangeProcedure } from "./email/confirm-change.ts";
import { pendingChangeProcedure } from "./email/pending-change.ts";
import { requestChangeProcedure } from "./email/request-change.ts";
import { beginTotpEnrolmentProcedure } from "./factors/begin-totp-enrolment.ts";
import { confirmTotpEnrolmentProcedure } from "./factors/confirm-totp-enrolment.ts";
import { verifyRecoveryCodeProcedure } from "./factors/verify-recovery-code.ts";
import { verifyTotpProcedure } from "./factors/verify-totp.ts";
import { acceptProcedure } from "./invitations/accept.ts";
import { readProcedure } from "./invitations/read.ts";
import { changeProcedure } from "./passwords/change.ts";
import { requestResetProcedure } from "./passwords/request-reset.ts";
import { resetProcedure } from "./passwords/reset.ts";
import { deleteAccountProcedure } from "./personal-data/delete-account.ts";
import { downloadProcedure } from "./personal-data/download.ts";
import { beginProcedure } from "./registration/begin.ts";
import { checkCodeProcedure } from "./registration/check-code.ts";
import { registerProcedure } from "./registration/register.ts";

export const authRouter = router({
  accounts: router({
    me: meProcedure,
    signIn: signInProcedure,
    signOut: signOutProcedure,
    setLocale: setLocaleProcedure,
  }),
  invitations: router({
    read: readProcedure,
    accept: acceptProcedure,
  }),
  registration: router({
    begin: beginProcedure,
    checkCode: checkCodeProcedure,
    register: registerProcedure,
  }),
  passwords: router({
    requestReset: requestResetProcedure,
    reset: resetProcedure,
    change: changeProcedure,
  }),
  personalData: router({
    download: downloadProcedure,
    deleteAccount: deleteAccountProcedure,
  }),
  email: router({
    pendingChange: pendingChangeProcedure,
    requestChange: requestChangeProcedure,
    confirmChange: confirmChangeProcedure,
  }),
  factors: router({
    beginTotpEnrolment: beginTotpEnrolmentProcedure,
    confirmTotpEnrolment: confirmTotpEnrolmentProcedure,
    verifyTotp: verifyTotpProcedure,
    verifyRecoveryCode: verifyRecoveryCodeProcedure,
  }),
});
