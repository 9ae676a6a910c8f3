import type { AlertItem } from './alerts.ts'

/** How alerts are listed, most severe first: 0 oversold, 1 sold out, 2 critically low, 3 low. */
export const alertRank = ({ kind, severity }: Pick<AlertItem, 'kind' | 'severity'>): number =>
  kind === 'OVERSOLD' ? 0 : kind === 'OUT_OF_STOCK' ? 1 : severity === 'CRITICAL' ? 2 : 3
