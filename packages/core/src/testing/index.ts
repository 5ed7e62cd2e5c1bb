export { authenticatorCode, registerAccount, registerVisitor, testTotpSecret } from "./accounts.ts";
export { queuedMail, queuedMails, secretOf } from "./mails.ts";
export { solveProof } from "./proof-of-work.ts";
export { registerByMail } from "./registration.ts";
export { testRequester } from "./requester.ts";
export { signInByPassword } from "./sign-in.ts";
export { testContext, type TestClock, type TestContext, type TestPayments } from "./test-context.ts";
export { offerIn, stockProgramme } from "./catalogue.ts";
export { buy, makeDevice, openPayment, reserveOne } from "./purchases.ts";
