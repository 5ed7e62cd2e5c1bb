/** What stands behind the `#` of a mailed link. */
export type LinkProps = { readonly secret: string };
