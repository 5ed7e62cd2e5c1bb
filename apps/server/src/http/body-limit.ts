/** The largest body of a request that is read. */
export const mostBodyBytes = 1024 * 1024;
