import { expect, it } from 'vitest'
import { type ChainDefinition, shapeOf, statesOf, tasksFrom, tasksOfChain } from './chain-graph.ts'

const caught = { Catch: [{ Next: 'tell' }] }
const alone = (name: string): ChainDefinition => ({ StartAt: name, States: { [name]: { Type: 'Task' } } })
const chain: ChainDefinition = {
  StartAt: 'plan',
  States: {
    tell: { Type: 'Task', Next: 'failed' },
    failed: { Type: 'Fail' },
    plan: { Type: 'Task', Next: 'is-new', ...caught },
    'is-new': { Type: 'Choice', Choices: [{ Next: 'each' }], Default: 'done' },
    each: { Type: 'Map', ItemProcessor: alone('make'), Next: 'both', ...caught },
    both: { Type: 'Parallel', Branches: [alone('a'), alone('b')], Next: 'wait', ...caught },
    wait: { Type: 'Wait', Next: 'publish' },
    publish: { Type: 'Task', Next: 'done' },
    done: { Type: 'Succeed' },
  },
}

it('the states of a chain are those that do its work, in their order', () => {
  expect(statesOf(chain)).toEqual([
    { name: 'plan', tasks: ['plan'] },
    { name: 'each', tasks: ['make'] },
    { name: 'both', tasks: ['a', 'b'] },
    { name: 'publish', tasks: ['publish'] },
  ])
  expect(tasksOfChain(chain)).toEqual(['tell', 'plan', 'make', 'a', 'b', 'publish'])
})

it('what begins anew at a state is that state and all that may follow it', () => {
  expect(tasksFrom(chain, 'both')).toEqual(['a', 'b', 'tell', 'publish'])
  expect(tasksFrom(chain, 'publish')).toEqual(['publish'])
  expect(tasksFrom(chain, 'plan')!.toSorted()).toEqual(tasksOfChain(chain).toSorted())
  expect(tasksFrom(chain, 'never')).toBeUndefined()
})

it('is drawn with every outermost state, and what leads where a state fails', () => {
  const { states, steps } = shapeOf({
    ...chain,
    States: { ...chain.States, wait: { Type: 'Wait', Comment: 'Till ten.', Next: 'publish' } },
  })
  expect(states.map(({ name }) => name)).toEqual([
    'plan',
    'is-new',
    'tell',
    'each',
    'done',
    'failed',
    'both',
    'wait',
    'publish',
  ])
  expect(states.find(({ name }) => name === 'wait')).toEqual({ name: 'wait', kind: 'Wait', about: 'Till ten.' })
  expect(steps.filter(({ from }) => from === 'plan' || from === 'is-new')).toEqual([
    { from: 'plan', to: 'is-new', onFailure: false },
    { from: 'plan', to: 'tell', onFailure: true },
    { from: 'is-new', to: 'each', onFailure: false },
    { from: 'is-new', to: 'done', onFailure: false },
  ])
})
