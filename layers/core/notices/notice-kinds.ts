/** What people can be told of: the one list. A kind that is added here can be chosen, sent and described at once. */
export const NOTICE_KINDS = {
  'low-stock': 'A product lasts a few days more; critical when it is nearly gone.',
  'out-of-stock': 'A product is sold out.',
  oversold: 'More was sold than is known to be there.',
  'forecast-drift': 'Forecasts are worse than they used to be, or what they rest on has shifted.',
  'run-failed': 'A run of the night stopped; what was shown before stays.',
} as const
export type NoticeKind = keyof typeof NOTICE_KINDS

/** Least urgent first. */
export const SEVERITIES = ['WARNING', 'CRITICAL'] as const
export type NoticeSeverity = (typeof SEVERITIES)[number]

export const isAtLeast = (severity: NoticeSeverity, least: NoticeSeverity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)
