import { expect, test } from 'vitest'
import { MOST_VIEWS, readViews, searchOf, viewsKey, withoutView, withView } from './prepare-views.ts'

test('a view is kept by its name, the newest first, and forgotten', () => {
  const one = withView([], ' Low in Jaipur ', 'risk=low&store=jaipur')
  const two = withView(one, 'All', '')
  expect(two.map(({ name }) => name)).toEqual(['All', 'Low in Jaipur'])
  expect(withView(two, 'Low in Jaipur', 'risk=out').map(({ search }) => search)).toEqual(['risk=out', ''])
  expect(withoutView(two, 'All')).toEqual(one)
  expect(readViews(JSON.stringify(two))).toEqual(two)
  expect(searchOf(one[0]!)).toEqual({ risk: 'low', store: 'jaipur' })
})

test('no more are kept than a menu holds', () => {
  const many = Array.from({ length: MOST_VIEWS + 5 }, (_, i) => i).reduce(
    (views, i) => withView(views, `view ${i}`, ''),
    readViews(null),
  )
  expect(many).toHaveLength(MOST_VIEWS)
})

test.each([null, '', 'x', '{}', '[1]', '[{"name":"","search":""}]', '[{"name":"a"}]', 'null'])(
  'what is no view is none: %j',
  (text) => expect(readViews(text)).toEqual([]),
)

test('two people who share a browser keep theirs apart', () => {
  expect(viewsKey('a b', 'c')).not.toBe(viewsKey('a', 'b c'))
})
