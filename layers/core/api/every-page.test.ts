import { expect, test } from 'vitest'
import { everyPage } from './every-page.ts'
import { MAX_PAGE } from './limits.ts'

test.each([1, 2, 4])('a list of %i pages is read whole, in its order, each page once', async (count) => {
  const asked: object[] = []
  const answer = await everyPage(async (page) => {
    asked.push(page)
    const nth = Number(page.next ?? 0)
    return { asOf: `page ${nth}`, items: [`${nth} a`, `${nth} b`], next: nth + 1 < count ? String(nth + 1) : null }
  })
  const all = Array.from({ length: count }, (_, nth) => nth)
  expect(answer).toEqual({
    asOf: `page ${count - 1}`,
    items: all.flatMap((nth) => [`${nth} a`, `${nth} b`]),
    next: null,
  })
  expect(asked).toEqual(all.map((nth) => ({ limit: MAX_PAGE, ...(nth > 0 && { next: String(nth) }) })))
})
