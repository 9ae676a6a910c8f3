import { formatNumber } from './format-number.ts'

/** Which way is good for the merchant. */
export type GoodWay = 'up' | 'down'
export type Change = {
  readonly way: 'up' | 'down' | 'same'
  /** '+8.2 %', or '0 ' where a per cent cannot be said. */
  readonly text: string
  /** What it is for the merchant; null: it cannot be said (nothing to compare with). */
  readonly verdict: 'better' | 'worse' | null
}

/** From 10 % no fraction is said, and above this the exact number says nothing more. */
const MOST_SAID = 9.99
/** Below this the rounded text would be 0.0 %, with a direction that nobody can see. */
const LEAST_SAID = 0.0005

const FROM_NOTHING = 'from 0'

/** What follows a change in a sentence: `+8 % than yesterday`, but `from 0 yesterday` and `0 % as yesterday`. `than` may be empty. */
export function afterChange({ way, text }: Change, than: string): string {
  if (way === 'same') return than.replace(/^than /, 'as ')
  return text === FROM_NOTHING ? than.replace(/^than /, '') : than
}

/** The change from `earlier` to `value`; null: one of them is not known. Of nothing no per cent can be said. */
export function changeOf(value: number | null, earlier: number | null, good: GoodWay, locale?: string): Change | null {
  if (value === null || earlier === null) return null
  if (value === earlier) return { way: 'same', text: '0 %', verdict: null }
  if (Math.abs((value - earlier) / earlier) < LEAST_SAID) return { way: 'same', text: '0.0 %', verdict: null }
  const way = value > earlier ? 'up' : 'down'
  if (earlier === 0) return { way, text: FROM_NOTHING, verdict: null }
  const verdict = way === good ? 'better' : 'worse'
  return { way, text: percentText((value - earlier) / Math.abs(earlier), locale), verdict }
}

function percentText(share: number, locale?: string): string {
  const sign = share > 0 ? '+' : '−'
  const size = Math.abs(share)
  if (size > MOST_SAID) return `over ${sign}${formatNumber(999, {}, locale)} %`
  // 9.96 % would be rounded to 10.0 %.
  const maximumFractionDigits = size < 0.0995 ? 1 : 0
  const text = formatNumber(size * 100, { maximumFractionDigits, minimumFractionDigits: maximumFractionDigits }, locale)
  return `${sign}${text} %`
}
