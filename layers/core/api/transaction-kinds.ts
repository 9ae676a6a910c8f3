/** What a line of trade can be. By itself: the dashboard names them, and needs no schema for it. */
export const TRANSACTION_KINDS = ['sale', 'cancellation', 'refund', 'charge', 'correction'] as const
