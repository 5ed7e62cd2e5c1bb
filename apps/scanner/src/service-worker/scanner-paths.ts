/** Whether a path is for the scanner's page to answer. A name with an ending is a file. */
export function isScannerPage(path: string): boolean {
  return `${path}/`.startsWith("/scanner/") && !/\.[^/]*$/.test(path);
}
