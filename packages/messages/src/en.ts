import { account } from "./en/account.ts";
import { admin } from "./en/admin.ts";
import { common } from "./en/common.ts";
import { disciplines } from "./en/disciplines.ts";
import { errors } from "./en/errors.ts";
import { reasons } from "./en/reasons.ts";
import { scanner } from "./en/scanner.ts";
import { security } from "./en/security.ts";
import { shop } from "./en/shop.ts";
import type { fr } from "./fr.ts";
import type { Translation } from "./translation.ts";

export const en: Translation<typeof fr> = {
  account,
  admin,
  common,
  disciplines,
  errors,
  reasons,
  scanner,
  security,
  shop,
};
