import classes from './chart.module.css'
import type { TimeSpec } from './chart-spec.ts'
import { bucketSum, marksOf, ownSeries, totalOf } from './read-time.ts'
import { shareText, tellDifference, tellValue } from './tell-value.ts'
import { words } from './words.ts'

type Line = { readonly text: string; readonly as: 'head' | 'figure' | 'line' | 'mark'; readonly swatch?: string }

/** Value, share and change of one bucket, and what happened in it. */
export function hintLines(spec: TimeSpec, index: number, locale?: string): Line[] {
  const { buckets, series, unit, span, bucket } = spec
  const { label, state, corrected } = buckets[index]!
  const own = ownSeries(spec)
  const lines: Line[] = [{ as: 'head', text: label }]
  const told = (value: number | null) => (value === null ? words.noData : tellValue(value, unit, locale))
  const alone = own.length === 1 ? own[0]! : null
  const sum = bucketSum(spec, index)
  if (alone !== null) {
    const [value, before] = [alone.values[index] ?? null, alone.values[index - 1] ?? null]
    lines.push({ as: 'figure', text: told(value) })
    if (value !== null && before !== null) {
      lines.push({ as: 'line', text: words.toBefore(tellDifference(value - before, unit, locale), bucket) })
    }
    const total = totalOf(spec)
    if (value !== null && value >= 0 && total !== null && total > 0) {
      lines.push({ as: 'line', text: words.ofWhole(shareText(value / total, locale), span) })
    }
  } else if (spec.stack && sum !== null) lines.push({ as: 'figure', text: told(sum) })
  for (const { key, name, colour, values, comparison } of series) {
    if (key === alone?.key) continue
    const value = values[index] ?? null
    const share =
      spec.stack && !comparison && value !== null && sum !== null && sum > 0 ? shareText(value / sum, locale) : ''
    const text = [`${name}: ${told(value)}`, share].filter(Boolean).join(', ')
    lines.push({ as: 'line', text, swatch: comparison ? 'ink-3' : colour })
  }
  const sentence = words.stateSentence[state]
  if (sentence !== undefined) lines.push({ as: 'line', text: sentence })
  if (corrected) lines.push({ as: 'line', text: words.correctedLong })
  const mark = marksOf(spec).find((one) => one.index === index)
  for (const text of mark?.texts.slice(0, MOST_TEXTS) ?? []) lines.push({ as: 'mark', text })
  const more = (mark?.texts.length ?? 0) - MOST_TEXTS
  if (more > 0) lines.push({ as: 'mark', text: words.moreMarks(more) })
  return lines
}

const MOST_TEXTS = 4

/** Built of nodes: the texts of alerts and products hold names that somebody else gave. */
export function hintBox(lines: readonly Line[]): HTMLElement {
  const box = document.createElement('div')
  box.className = classes.hint!
  const looks = { head: classes.hintHead, figure: classes.hintFigure, line: classes.hintLine, mark: classes.hintMark }
  for (const { text, as, swatch } of lines) {
    const line = document.createElement('div')
    line.className = looks[as]!
    if (swatch !== undefined) {
      const dot = document.createElement('span')
      dot.className = classes.swatch!
      dot.style.background = `var(--${swatch})`
      line.append(dot)
    }
    line.append(text)
    box.append(line)
  }
  return box
}
