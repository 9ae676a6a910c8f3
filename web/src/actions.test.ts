import { expect, test } from 'vitest'
import { RIGHTS, type Right } from '#core/access/rights.ts'
import { actions, actionsFor } from './actions.ts'
import { pagesFor } from './pages.ts'

const ALL = Object.keys(RIGHTS) as Right[]
const namesFor = (rights: readonly Right[]) => actionsFor(rights, pagesFor(rights)).map(({ name }) => name)

test('who may everything is offered everything', () => {
  expect(namesFor(ALL)).toEqual(actions.map(({ name }) => name))
})

test.each(actions)('$name needs $needs and its page', ({ name, needs, path }) => {
  expect(namesFor(ALL.filter((right) => right !== needs))).not.toContain(name)
  const { needs: ofPage } = pagesFor(ALL).find((page) => page.path === path)!
  expect(namesFor(ALL.filter((right) => right !== ofPage))).not.toContain(name)
})
