import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

const tokensOf = (scheme: string) => {
  const block = css.slice(css.indexOf(`:root[data-mantine-color-scheme="${scheme}"]`)).split('}')[0]!
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]))
}

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

const text = ['ink', 'ink-2', 'ink-3', 'accent', 'good', 'bad', 'warn']
const surfaces = ['page', 'card', 'raised', 'hover']
const pairs: [scheme: string, front: string, back: string, atLeast: number][] = ['light', 'dark'].flatMap((scheme) => [
  ...text.flatMap((front) => surfaces.map((back): [string, string, string, number] => [scheme, front, back, 4.5])),
  ...['ink', 'ink-2'].map((front): [string, string, string, number] => [scheme, front, 'tint', 4.5]),
  ...['amount', 'below', 'edge'].flatMap((front) =>
    ['page', 'card'].map((back): [string, string, string, number] => [scheme, front, back, 3]),
  ),
  [scheme, 'on-accent', 'accent', 4.5],
  [scheme, 'accent', 'accent-soft', 4.5],
  [scheme, 'bad', 'bad-soft', 4.5],
  [scheme, 'warn', 'warn-soft', 4.5],
  [scheme, 'ink', 'bad-soft', 4.5],
  [scheme, 'ink', 'warn-soft', 4.5],
])

describe('the themes', () => {
  test.each(pairs)('%s: %s on %s has a contrast of %d or more', (scheme, front, back, atLeast) => {
    const tokens = tokensOf(scheme)
    expect(contrast(tokens[front]!, tokens[back]!)).toBeGreaterThanOrEqual(atLeast)
  })
})
