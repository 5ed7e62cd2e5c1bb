/** Whether an offer is, or was, for somebody: by the account that it has come to, and before by its address. */
export function isReceivedBy(
  handOver: { to_account_id: string | null; to_email: string | null },
  account: { id: string; email: string },
): boolean {
  return handOver.to_account_id === null ? handOver.to_email === account.email : handOver.to_account_id === account.id;
}
