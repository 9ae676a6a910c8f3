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

const SERIES = [1, 2, 3, 4, 5, 6, 7, 8].map((hue) => `series-${hue}`)

const text = ['ink', 'ink-2', 'ink-3', 'accent', 'good', 'bad', 'warn']
const surfaces = ['page', 'card', 'raised', 'hover']
const pairs: [scheme: string, front: string, back: string, atLeast: number][] = ['light', 'dark'].flatMap((scheme) => [
  ...text.flatMap((front) => surfaces.map((back): [string, string, string, number] => [scheme, front, back, 4.5])),
  ...['ink', 'ink-2'].map((front): [string, string, string, number] => [scheme, front, 'tint', 4.5]),
  ...['amount', 'below', 'edge', 'other', ...SERIES].flatMap((front) =>
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

/** Linear RGB of a colour, 0 to 1. */
const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })

/**
 * How linear RGB is seen, rows of a 3 x 3 matrix. Machado, Oliveira and Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, at full severity.
 */
const SEEN_BY: Readonly<Record<string, readonly number[]>> = {
  everybody: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopes: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopes: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopes: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** Oklab of linear RGB (Ottosson 2020): distances in it are distances for eyes. */
function oklab([r, g, b]: readonly number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!)
  const m = Math.cbrt(0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!)
  const s = Math.cbrt(0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const seenAs = (matrix: readonly number[], hex: string) => {
  const [r, g, b] = linear(hex)
  const mixed = [0, 3, 6].map((at) => matrix[at]! * r! + matrix[at + 1]! * g! + matrix[at + 2]! * b!)
  return oklab(mixed.map((c) => Math.min(1, Math.max(0, c))))
}

/** Four times what an eye just tells apart (0.02). */
const APART = 0.08

describe('the eight hues of data', () => {
  test.each(['light', 'dark'].flatMap((scheme) => Object.keys(SEEN_BY).map((eyes) => [scheme, eyes] as const)))(
    '%s: %s see eight',
    (scheme, eyes) => {
      const tokens = tokensOf(scheme)
      const seen = SERIES.map((name) => [name, seenAs(SEEN_BY[eyes]!, tokens[name]!)] as const)
      for (const [at, [one, a]] of seen.entries()) {
        for (const [other, b] of seen.slice(at + 1)) {
          expect(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!), `${one} and ${other}`).toBeGreaterThan(APART)
        }
      }
    },
  )
})
