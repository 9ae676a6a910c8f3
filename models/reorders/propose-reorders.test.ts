import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArithmeticLine } from '#core/reorders/arithmetic-line.ts'
import type { NoReorder, ReorderProposal, ReorderQuestion } from '#core/reorders/reorder-policy.ts'
import { USUAL_SERVICE_LEVELS } from '#core/reorders/service-levels.ts'
import { lineInWords, REASONS } from './arithmetic.ts'
import { learnLeadTimes } from './lead-times.ts'
import { proposeReorders } from './propose-reorders.ts'
import type { ReorderRules } from './reorder-rules.ts'

const today = 20_000
/** One supplier who always takes four days. */
const leadTimes = learnLeadTimes(
  Array.from({ length: 400 }, (_, k) => ({
    purchaseOrderId: String(k), supplierId: 'a', storeId: 's', productId: 'p', placedOn: 19_000 + k, quantity: 10, leadDays: 4,
  })),
) // biome-ignore format: one shape
const rules: ReorderRules = { today, serviceLevels: USUAL_SERVICE_LEVELS, reviewDays: 6, cycleDays: 0, dependence: 0, leadTimes, seed: 1 } // biome-ignore format: one shape
/** Two units a day, for certain: 20 until the delivery after an order of today. */
const question: ReorderQuestion = {
  productId: 'p', storeId: 's', category: 'tea', subCategory: 'green', productClass: 'AX', supplierId: 'a', onHand: 9, inbound: [],
  forecast: [{ mean: 2, quantiles: Array(9).fill(2) }],
} // biome-ignore format: one shape
const answer = (change: Partial<ReorderQuestion>, under: Partial<ReorderRules> = {}) =>
  proposeReorders([{ ...question, ...change }], { ...rules, ...under })[0]!
const value = ({ lines }: { readonly lines: readonly ArithmeticLine[] }, what: ArithmeticLine['what']) =>
  lines.find((line) => line.what === what)?.value

describe('a proposal', () => {
  it('is what two units a day need, over four days and six', () =>
    expect(answer({})).toMatchObject({
      kind: 'proposal', supplierId: 'a', quantity: 11, reorderPoint: 20, orderUpTo: 20, orderOn: today, arrivesOn: today + 4,
      coverDays: 10, stockoutChance: 0,
    })) // biome-ignore format: one shape
  it.each([
    ['a shelf that is empty: what is wanted in vain is not ordered', { onHand: 0 }, 12],
    ['an oversell is an empty shelf', { onHand: -5 }, 12],
    ['what is on its way is there', { inbound: [{ outstanding: 5, placedOn: today - 1 }] }, 6],
    ['packs', { packSize: 6 }, 12],
    ['a minimum', { minOrder: 30 }, 30],
    ['a minimum in packs', { minOrder: 30, packSize: 8 }, 32],
    ['room, when eight of nine are sold', { capacityUnits: 8 }, 7],
    ['room in packs', { capacityUnits: 8, packSize: 3 }, 6],
    ['a short shelf life: four days, and one on the shelf', { shelfLifeDays: 1 }, 1],
    ['a long one', { shelfLifeDays: 500 }, 11],
  ])('%s', (_, change, quantity) => expect(answer(change)).toMatchObject({ kind: 'proposal', quantity }))

  it('shows its arithmetic: the numbers add up to the quantity', () => {
    const proposal = answer({ onHand: 3, inbound: [{ outstanding: 2, placedOn: today - 1 }], unitCostMinor: 250 })
    const of = (what: ArithmeticLine['what']) => value(proposal, what) ?? 0
    expect(of('order-up-to') - of('on-hand') - of('inbound') - of('lost-before-arrival')).toBe(of('needed'))
    expect([of('quantity'), of('cost')]).toEqual([of('needed'), of('needed') * 250])
    expect(proposal.lines.map(lineInWords)).toMatchInlineSnapshot(`
      [
        "98 %: chance of no stock-out until the delivery after this one (class AX)",
        "6 days: days until one can order again",
        "4 days: days from order to delivery, on average (from 400 orders)",
        "8 units: expected to be wanted before an order of today arrives",
        "20 units: expected to be wanted until the delivery after that could arrive",
        "20 units: order below: so many are wanted at most until then, with the chance above",
        "20 units: order up to: the same, for as long as an order is to last",
        "3 units: on the shelf",
        "2 units: on the way",
        "3 units: expected to be wanted in vain before it arrives: no order replaces them",
        "12 units: order up to, less the shelf, the way and what is wanted in vain",
        "12 units: to order",
        "250 minor units: cost of one",
        "3000 minor units: cost of the order",
      ]
    `)
  })
  it('names others of its kind in the store that have some to spare', () => {
    const other = (productId: string, onHand: number, change = {}) => ({ ...question, productId, onHand, ...change })
    const [proposal] = proposeReorders(
      [question, other('plenty', 90), other('more', 95), other('none to spare', 12), other('elsewhere', 90, { storeId: 't' }), other('black', 90, { subCategory: 'black' })],
      rules,
    ) // biome-ignore format: one list
    expect((proposal as ReorderProposal).substitutes).toEqual(['more', 'plenty'])
  })
})

describe('why nothing is proposed', () => {
  it.each([
    ['stock-unknown', { onHand: undefined }],
    ['no-supplier', { supplierId: undefined }],
    ['no-forecast', { forecast: undefined }],
    ['no-forecast', { forecast: [] }],
    ['no-demand', { forecast: [{ mean: 0, quantiles: Array(9).fill(0) }] }],
    ['enough', { onHand: 20 }],
    ['no-room', { capacityUnits: 8, packSize: 12 }],
    ['would-spoil', { shelfLifeDays: 1, packSize: 6 }],
  ] as const)('%s', (reason, change) => {
    expect(answer(change)).toMatchObject({ kind: 'none', reason })
    expect(REASONS[reason]).toMatch(/\.$/)
  })
  it.each([
    ['over-budget', { budgetMinor: 100 }, { unitCostMinor: 101 }],
    ['cost-unknown', { budgetMinor: 100 }, {}],
    ['store-full', { roomByStore: new Map([['s', 5]]) }, { packSize: 6 }],
  ])('%s', (reason, under, change) => expect(answer(change, under)).toMatchObject({ kind: 'none', reason }))
  it('says when it will be ordered, where there is enough for now', () =>
    expect((answer({ onHand: 25 }) as NoReorder).orderOn).toBe(today + 3))
})

describe('one budget', () => {
  const two = (change: Partial<ReorderQuestion>): ReorderQuestion[] => [
    { ...question, productId: 'dear', unitCostMinor: 100, unitPriceMinor: 110, ...change },
    { ...question, productId: 'good', unitCostMinor: 100, unitPriceMinor: 300, ...change },
  ]
  const quantities = (questions: readonly ReorderQuestion[], under: Partial<ReorderRules>) =>
    proposeReorders(questions, { ...rules, ...under }).map((one) =>
      one.kind === 'proposal' ? one.quantity : one.reason,
    )
  it('goes where a unit earns most', () => {
    expect(quantities(two({}), { budgetMinor: 1100 })).toEqual(['over-budget', 11])
    expect(quantities(two({}), { budgetMinor: 1500 })).toEqual([4, 11])
    expect(quantities(two({}), { budgetMinor: 2200 })).toEqual([11, 11])
  })
  it('is not for what somebody has decided', () => {
    const [dear, good] = two({}) as [ReorderQuestion, ReorderQuestion]
    expect(quantities([dear, { ...good, isDecided: true }], { budgetMinor: 1100 })).toEqual([11, 'decided'])
  })
  it('what is shortened says so', () => {
    const [shortened] = proposeReorders(two({}), { ...rules, budgetMinor: 1500 })
    expect([value(shortened!, 'needed'), value(shortened!, 'after-limits'), value(shortened!, 'quantity')]).toEqual([
      11, 4, 4,
    ])
  })
  it('is never overspent, nor a room overfilled; each question has its answer', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            onHand: fc.nat(30),
            packSize: fc.integer({ min: 1, max: 8 }),
            minOrder: fc.nat(20),
            unitCostMinor: fc.integer({ min: 1, max: 500 }),
            storeId: fc.constantFrom('s', 't'),
          }),
          { maxLength: 8 },
        ),
        fc.nat(5000),
        fc.nat(40),
        (some, budgetMinor, room) => {
          const questions = some.map((one, place) => ({ ...question, ...one, productId: String(place) }))
          const answers = proposeReorders(questions, { ...rules, budgetMinor, roomByStore: new Map([['s', room]]) })
          expect(answers.map(({ productId }) => productId)).toEqual(questions.map(({ productId }) => productId))
          const proposals = answers.filter((one) => one.kind === 'proposal')
          expect(proposals.reduce((sum, { costMinor }) => sum + costMinor!, 0)).toBeLessThanOrEqual(budgetMinor)
          const ofS = proposals.filter(({ storeId }) => storeId === 's')
          expect(ofS.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(room)
          for (const { productId, quantity } of proposals) {
            const { packSize, minOrder } = questions[Number(productId)]!
            expect([quantity % packSize, quantity >= minOrder]).toEqual([0, true])
          }
        },
      ),
      { numRuns: 40 },
    ))
})
