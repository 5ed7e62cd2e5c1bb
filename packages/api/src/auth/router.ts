import { router } from "../trpc.ts";
import { beginTotpEnrolmentProcedure } from "./accounts/begin-totp-enrolment.ts";
import { confirmTotpEnrolmentProcedure } from "./accounts/confirm-totp-enrolment.ts";
import { meProcedure } from "./accounts/me.ts";
import { registerProcedure } from "./accounts/register.ts";
import { signInProcedure } from "./accounts/sign-in.ts";
import { signOutProcedure } from "./accounts/sign-out.ts";
import { stepUpProcedure } from "./accounts/step-up.ts";
import { verifyRecoveryCodeProcedure } from "./accounts/verify-recovery-code.ts";
import { verifyTotpProcedure } from "./accounts/verify-totp.ts";

export const authRouter = router({
  accounts: router({
    register: registerProcedure,
    signIn: signInProcedure,
    beginTotpEnrolment: beginTotpEnrolmentProcedure,
    confirmTotpEnrolment: confirmTotpEnrolmentProcedure,
    verifyTotp: verifyTotpProcedure,
    verifyRecoveryCode: verifyRecoveryCodeProcedure,
    stepUp: stepUpProcedure,
    me: meProcedure,
    signOut: signOutProcedure,
  }),
});
