import { account } from "./fr/account.ts";
import { admin } from "./fr/admin.ts";
import { common } from "./fr/common.ts";
import { disciplines } from "./fr/disciplines.ts";
import { errors } from "./fr/errors.ts";
import { reasons } from "./fr/reasons.ts";
import { scanner } from "./fr/scanner.ts";
import { security } from "./fr/security.ts";
import { shop } from "./fr/shop.ts";

export const fr = { account, admin, common, disciplines, errors, reasons, scanner, security, shop } as const;
