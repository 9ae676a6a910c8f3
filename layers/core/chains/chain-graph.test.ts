import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type ChainDefinition, statesOf, tasksFrom, tasksOfChain } from './chain-graph.ts'

const nightly = JSON.parse(
  readFileSync(new URL('../../../functions/workflows/nightly.asl.json', import.meta.url), 'utf8'),
) as ChainDefinition

it('the states of a chain are those that do its work, in their order', () => {
  expect(statesOf(nightly)).toEqual([
    { name: 'extract', tasks: ['extract'] },
    { name: 'validate', tasks: ['validate'] },
    { name: 'plan', tasks: ['plan'] },
    { name: 'transform', tasks: ['make-part'] },
    { name: 'load', tasks: ['load'] },
    { name: 'check', tasks: ['check-table'] },
    { name: 'judge', tasks: ['judge'] },
    { name: 'refresh', tasks: ['refresh'] },
  ])
  expect(tasksOfChain(nightly)).toContain('tell-failure')
})

it('what begins anew at a state is that state and all that may follow it', () => {
  expect(tasksFrom(nightly, 'check')).toEqual(['check-table', 'judge', 'tell-failure', 'refresh'])
  expect(tasksFrom(nightly, 'extract')!.toSorted()).toEqual(tasksOfChain(nightly).toSorted())
  expect(tasksFrom(nightly, 'never')).toBeUndefined()
})

it('a state of branches does the work of all of them', () => {
  const branch = (name: string): ChainDefinition => ({ StartAt: name, States: { [name]: { Type: 'Task' } } })
  const chain: ChainDefinition = {
    StartAt: 'both',
    States: {
      both: { Type: 'Parallel', Branches: [branch('a'), branch('b')], Next: 'wait' },
      wait: { Type: 'Wait', Next: 'after' },
      after: { Type: 'Task' },
    },
  }
  expect(statesOf(chain)).toEqual([
    { name: 'both', tasks: ['a', 'b'] },
    { name: 'after', tasks: ['after'] },
  ])
})
