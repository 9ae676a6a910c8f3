import { formatNumber } from '../format/format-number.ts'
import type { SendState } from './send-rows.ts'
import { words } from './words.ts'

export type Progress = {
  /** 0 to 100. */
  readonly percent: number
  readonly sent: string
  /** null: it cannot be said, or stands still. */
  readonly rate: string | null
  readonly left: string | null
}

export function prepareProgress({ lines, sent, phase, pace }: SendState, locale?: string): Progress {
  const [from, to] = [pace[0], pace.at(-1)]
  const seconds = from === undefined || to === undefined ? 0 : (to[0] - from[0]) / 1000
  const rate = phase === 'sending' && seconds > 0 ? (to![1] - from![1]) / seconds : null
  const n = (value: number) => formatNumber(value, { maximumFractionDigits: 0 }, locale)
  return {
    percent: lines === 0 ? 100 : Math.floor((sent / lines) * 100),
    sent: words.sentOf(n(sent), n(lines)),
    rate: rate === null ? null : words.perSecond(n(rate)),
    left: rate === null || rate === 0 ? null : words.left(spanText((lines - sent) / rate, locale)),
  }
}

/** '40 s', '3 min'. */
export function spanText(seconds: number, locale?: string): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    formatNumber(Math.ceil(value), { style: 'unit', unit: name, unitDisplay: 'short' }, locale)
  if (seconds <= 90) return unit(seconds, 'second')
  return seconds <= 5_400 ? unit(seconds / 60, 'minute') : unit(seconds / 3600, 'hour')
}
