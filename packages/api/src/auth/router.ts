import { router } from "../trpc.ts";
import { meProcedure } from "./accounts/me.ts";
import { setLocaleProcedure } from "./accounts/set-locale.ts";
import { signInProcedure } from "./accounts/sign-in.ts";
import { signOutProcedure } from "./accounts/sign-out.ts";
import { endOtherAuthSessionsProcedure } from "./auth-sessions/end-others.ts";
import { endAuthSessionProcedure } from "./auth-sessions/end.ts";
import { listAuthSessionsProcedure } from "./auth-sessions/list.ts";
import { confirmChangeProcedure } from "./email/confirm-change.ts";
import { pendingChangeProcedure } from "./email/pending-change.ts";
import { requestChangeProcedure } from "./email/request-change.ts";
import { withdrawChangeProcedure } from "./email/withdraw-change.ts";
import { beginPasskeyEnrolmentProcedure } from "./factors/begin-passkey-enrolment.ts";
import { beginPasskeySignInProcedure } from "./factors/begin-passkey-sign-in.ts";
import { beginPasskeyVerificationProcedure } from "./factors/begin-passkey-verification.ts";
import { beginTotpEnrolmentProcedure } from "./factors/begin-totp-enrolment.ts";
import { cancelFactorResetProcedure } from "./factors/cancel-reset.ts";
import { completeFactorResetProcedure } from "./factors/complete-reset.ts";
import { confirmPasskeyEnrolmentProcedure } from "./factors/confirm-passkey-enrolment.ts";
import { confirmTotpEnrolmentProcedure } from "./factors/confirm-totp-enrolment.ts";
import { listFactorsProcedure } from "./factors/list.ts";
import { removePasskeyProcedure } from "./factors/remove-passkey.ts";
import { removeTotpProcedure } from "./factors/remove-totp.ts";
import { renamePasskeyProcedure } from "./factors/rename-passkey.ts";
import { replaceRecoveryCodesProcedure } from "./factors/replace-recovery-codes.ts";
import { requestFactorResetProcedure } from "./factors/request-reset.ts";
import { signInWithPasskeyProcedure } from "./factors/sign-in-with-passkey.ts";
import { verifyPasskeyProcedure } from "./factors/verify-passkey.ts";
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
    withdrawChange: withdrawChangeProcedure,
  }),
  factors: router({
    list: listFactorsProcedure,
    beginTotpEnrolment: beginTotpEnrolmentProcedure,
    confirmTotpEnrolment: confirmTotpEnrolmentProcedure,
    removeTotp: removeTotpProcedure,
    beginPasskeyEnrolment: beginPasskeyEnrolmentProcedure,
    confirmPasskeyEnrolment: confirmPasskeyEnrolmentProcedure,
    renamePasskey: renamePasskeyProcedure,
    removePasskey: removePasskeyProcedure,
    replaceRecoveryCodes: replaceRecoveryCodesProcedure,
    verifyTotp: verifyTotpProcedure,
    verifyRecoveryCode: verifyRecoveryCodeProcedure,
    beginPasskeyVerification: beginPasskeyVerificationProcedure,
    verifyPasskey: verifyPasskeyProcedure,
    beginPasskeySignIn: beginPasskeySignInProcedure,
    signInWithPasskey: signInWithPasskeyProcedure,
    requestReset: requestFactorResetProcedure,
    cancelReset: cancelFactorResetProcedure,
    completeReset: completeFactorResetProcedure,
  }),
  authSessions: router({
    list: listAuthSessionsProcedure,
    end: endAuthSessionProcedure,
    endOthers: endOtherAuthSessionsProcedure,
  }),
});
