/** A document that was set aside, as people mend it: laid out, checked while they write, and compared with what came. */
import { words } from './words.ts'

/** JSON laid out by lines; anything else as it is. */
export function laidOut(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 2)
  } catch {
    return document
  }
}

/** What keeps the text from being sent, before the engine is asked; null: nothing. */
export function faultIn(text: string): string | null {
  if (text.trim() === '') return words.editor.empty
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : words.editor.noObject
  } catch (error) {
    return words.editor.noJson(placeOf(text, error))
  }
}

/** Browsers say where by a position or by a line. */
function placeOf(text: string, error: unknown): number | null {
  const message = error instanceof Error ? error.message : ''
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length
}

/** Whether two texts say the same, however they are laid out. */
export const saysTheSame = (a: string, b: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b))
  } catch {
    return a === b
  }
}

export type DiffLine = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }

/** Beyond this many lines each way, the longest common run is not looked for. */
const MAX_LINES = 600

/** Lines of both texts: what both have, what the second has not any more, and what it has in addition. */
export function diffOf(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  if (a.length > MAX_LINES || b.length > MAX_LINES)
    return [...a.map((text) => ({ kind: 'gone', text }) as const), ...b.map((text) => ({ kind: 'new', text }) as const)]
  // The longest common subsequence, from the end: lengths[i][j] is that of a from i and b from j.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! })
      i++
      j++
    } else if (i < a.length && (j === b.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      lines.push({ kind: 'gone', text: a[i++]! })
    } else lines.push({ kind: 'new', text: b[j++]! })
  }
  return lines
}

/** A few lines around each change; null stands for those that were left out. */
export function shortened(lines: readonly DiffLine[], around = 2): readonly (DiffLine | null)[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some(({ kind }) => kind !== 'same'),
  )
  return lines.flatMap((line, i) => (near[i] ? [line] : i === 0 || near[i - 1] ? [null] : []))
}
