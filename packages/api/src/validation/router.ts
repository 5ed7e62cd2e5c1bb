import { router } from "../trpc.ts";
import { askProcedure } from "./gate/ask.ts";
import { listPartProcedure } from "./gate/list-part.ts";
import { uploadProcedure } from "./gate/upload.ts";
import { checkInProcedure } from "./scanners/check-in.ts";
import { claimProcedure } from "./scanners/claim.ts";
import { beginProcedure } from "./shifts/begin.ts";
import { endProcedure } from "./shifts/end.ts";

export const validationRouter = router({
  scanners: router({
    claim: claimProcedure,
    checkIn: checkInProcedure,
  }),
  shifts: router({
    begin: beginProcedure,
    end: endProcedure,
  }),
  gate: router({
    ask: askProcedure,
    listPart: listPartProcedure,
    upload: uploadProcedure,
  }),
});
