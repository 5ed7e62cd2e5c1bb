import { fileURLToPath } from "node:url";

const fromHere = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The clone's own folder, wherever the process was started. */
export const rootFolder = fromHere("../../../");
/** Where the three apps are, each with its `dist` once built. */
export const appsFolder = fromHere("../../");
export const demoProgrammeFile = fromHere("../demo/programme.csv");
