import { migrate } from "../migrate.ts";

const [, , ownerUrl = ""] = process.argv;
process.send?.(await migrate(ownerUrl));
