import { router } from "../trpc.ts";
import { meProcedure } from "./accounts/me.ts";
import { signInProcedure } from "./accounts/sign-in.ts";
import { signOutProcedure } from "./accounts/sign-out.ts";
import { pendingChangeProcedure } from "./email/pending-change.ts";
import { beginTotpEnrolmentProcedure } from "./factors/begin-totp-enrolment.ts";
import { confirmTotpEnrolmentProcedure } from "./factors/confirm-totp-enrolment.ts";
import { verifyRecoveryCodeProcedure } from "./factors/verify-recovery-code.ts";
import { verifyTotpProcedure } from "./factors/verify-totp.ts";
import { acceptProcedure } from "./invitations/accept.ts";
import { readProcedure } from "./invitations/read.ts";
import { beginProcedure } from "./registration/begin.ts";
import { checkCodeProcedure } from "./registration/check-code.ts";
import { registerProcedure } from "./registration/register.ts";

export const authRouter = router({
  accounts: router({
    me: meProcedure,
    signIn: signInProcedure,
    signOut: signOutProcedure,
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
  email: router({
    pendingChange: pendingChangeProcedure,
  }),
  factors: router({
    beginTotpEnrolment: beginTotpEnrolmentProcedure,
    confirmTotpEnrolment: confirmTotpEnrolmentProcedure,
    verifyTotp: verifyTotpProcedure,
    verifyRecoveryCode: verifyRecoveryCodeProcedure,
  }),
});
