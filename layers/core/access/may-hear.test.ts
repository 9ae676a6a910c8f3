import { describe, expect, it, test } from 'vitest'
import { TOPICS, type Topic } from '#core/api/live.ts'
import type { Viewer } from '#core/ports.ts'
import { hearingOf, hears, mayHear, refusedIn } from './may-hear.ts'
import { ROLES, type Role } from './rights.ts'

const owner: Viewer = { merchantId: 'asha', subject: 'owner', role: 'owner' }
const manager: Viewer = { ...owner, role: 'store-manager', stores: ['jaipur', 'delhi'] }

const OF_FIGURES: readonly Topic[] = ['kpi', 'stock', 'alert', 'transaction']
const HEARS: Readonly<Record<Role, readonly Topic[]>> = {
  owner: TOPICS,
  executive: TOPICS,
  'store-manager': TOPICS,
  analyst: TOPICS,
  integrator: ['mode', 'lag'],
}

describe('every topic by every role', () => {
  test.each(ROLES.flatMap((role) => TOPICS.map((topic) => [role, topic] as const)))('%s, %s', (role, topic) => {
    expect(mayHear({ ...owner, role }, topic)).toBe(HEARS[role].includes(topic))
  })

  test.each(TOPICS)('%s, by a token that has the right and by one that has not', (topic) => {
    const isOfFigures = OF_FIGURES.includes(topic)
    expect(mayHear({ ...owner, scopes: ['figures:read'] }, topic)).toBe(isOfFigures)
    expect(mayHear({ ...owner, scopes: ['catalogue:read'] }, topic)).toBe(!isOfFigures)
    expect(mayHear({ ...owner, scopes: [] }, topic)).toBe(false)
  })
})

describe('what is heard', () => {
  it('is all that the viewer may hear, where they said nothing', () => {
    expect(hearingOf(owner, undefined)).toEqual({ topics: TOPICS, stores: undefined })
    expect(hearingOf(manager, {})).toEqual({ topics: TOPICS, stores: ['delhi', 'jaipur'] })
    expect(hearingOf({ ...owner, role: 'integrator' }, undefined).topics).toEqual(['mode', 'lag'])
  })

  it('is no more than was asked for, and never more than may be', () => {
    expect(hearingOf(owner, { topics: ['lag', 'kpi', 'kpi'], stores: ['goa', 'goa'] })).toEqual({
      topics: ['kpi', 'lag'],
      stores: ['goa'],
    })
    expect(hearingOf(manager, { stores: ['jaipur', 'goa'] }).stores).toEqual(['jaipur'])
    expect(hearingOf(manager, { stores: ['goa'] }).stores).toEqual([])
  })

  it('is judged row by row', () => {
    const hearing = hearingOf(manager, { topics: ['stock'] })
    expect(hears(hearing, 'stock', 'jaipur')).toBe(true)
    expect(hears(hearing, 'stock', 'goa')).toBe(false)
    expect(hears(hearing, 'alert', 'jaipur')).toBe(false)
    expect(hears(hearingOf(owner, undefined), 'alert', 'anywhere')).toBe(true)
  })
})

describe('what is refused', () => {
  it('is named by field', () => {
    const integrator: Viewer = { ...owner, role: 'integrator' }
    expect(refusedIn(integrator, { topics: ['mode', 'kpi'] }).map(({ field }) => field)).toEqual(['topics.1'])
    expect(refusedIn(manager, { topics: ['kpi'], stores: ['delhi', 'goa'] })).toEqual([
      { field: 'stores.1', message: 'is not among the stores that you may see' },
    ])
    expect(refusedIn(owner, { topics: [...TOPICS], stores: ['anywhere'] })).toEqual([])
  })
})
