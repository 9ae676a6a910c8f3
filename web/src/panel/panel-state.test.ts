import { describe, expect, it } from 'vitest'
import { RefusedError, UnreachableError } from '../reach/ask-engine.ts'
import { panelStateOf } from './panel-state.ts'

const answered = (dataUpdatedAt: number) => ({ data: {}, error: null, dataUpdatedAt, refetch: () => {} })
const waiting = { data: undefined, error: null, dataUpdatedAt: 0, refetch: () => {} }
const failing = (error: Error) => ({ ...waiting, error })

describe('panelStateOf', () => {
  it('is as old as the oldest answer', () => {
    expect(panelStateOf(answered(5), answered(3))).toEqual({ is: 'ready', at: 3 })
  })

  it('loads while one is missing', () => expect(panelStateOf(answered(5), waiting)).toEqual({ is: 'loading' }))

  it('keeps what it has when asking again fails', () => {
    expect(panelStateOf({ ...answered(5), error: new UnreachableError('gone') })).toEqual({ is: 'ready', at: 5 })
  })

  it('says why nothing came, and asks again for what is missing alone', () => {
    const asked: string[] = []
    const state = panelStateOf(
      { ...answered(1), refetch: () => asked.push('there') },
      { ...failing(new UnreachableError('The engine cannot be reached')), refetch: () => asked.push('failed') },
      { ...waiting, refetch: () => asked.push('waiting') },
    )
    expect(state).toMatchObject({ is: 'failed', why: 'The engine cannot be reached' })
    if (state.is === 'failed') state.again()
    expect(asked).toEqual(['failed', 'waiting'])
  })

  it.each([
    [403, 'refused'],
    [422, 'failed'],
  ])('%i is %s', (status, is) => {
    expect(panelStateOf(failing(new RefusedError(status, 'No'))).is).toBe(is)
  })
})
