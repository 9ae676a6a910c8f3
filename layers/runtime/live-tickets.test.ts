import { describe, expect, it } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { issueTicket, LIVE_TICKETS, redeemTicket } from './live-tickets.ts'

const ann = ownerOf('m')

function newTickets() {
  const clock = new FixedClock('2026-03-02T10:00:00Z')
  const state = new MemoryStateStore()
  const ports = portsInTest({ clock, state })
  const rows = () => state.query({ table: LIVE_TICKETS, range: EVERY_KEY })
  return { clock, ports, rows }
}

describe('a ticket', () => {
  it('lets its viewer in, once', async () => {
    const { ports } = newTickets()
    const { ticket, expiresAt } = await issueTicket(ports, ann)
    expect(expiresAt).toBe('2026-03-02T10:01:00.000Z')
    expect(await redeemTicket(ports, ticket)).toEqual(ann)
    expect(await redeemTicket(ports, ticket)).toBeUndefined()
  })

  it('of two who bring it at once lets one in', async () => {
    const { ports } = newTickets()
    const { ticket } = await issueTicket(ports, ann)
    const found = await Promise.all([redeemTicket(ports, ticket), redeemTicket(ports, ticket)])
    expect(found.filter((viewer) => viewer !== undefined)).toEqual([ann])
  })

  it.each([
    [59_999, true],
    [60_000, false],
  ])('after %d ms: %j', async (ms, isLetIn) => {
    const { ports, clock } = newTickets()
    const { ticket } = await issueTicket(ports, ann)
    clock.advance(ms)
    expect((await redeemTicket(ports, ticket)) !== undefined).toBe(isLetIn)
  })

  it('that nobody made lets nobody in', async () => {
    const { ports } = newTickets()
    const { ticket } = await issueTicket(ports, ann)
    const later = ticket.replace(/^\d+/, (ms) => String(Number(ms) + 60_000))
    for (const forged of ['', '.', 'x', `${ticket}x`, ticket.slice(1), later, '9'.repeat(500), `${'9'.repeat(500)}.x`])
      expect(await redeemTicket(ports, forged)).toBeUndefined()
    expect(await redeemTicket(ports, ticket)).toEqual(ann)
  })

  it('is kept nowhere, and goes when it is too old and others are made', async () => {
    const { ports, clock, rows } = newTickets()
    const { ticket } = await issueTicket(ports, ann)
    const kept = await rows()
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain(ticket.split('.')[1])
    clock.advance(60_001)
    await issueTicket(ports, ann)
    expect(await rows()).toHaveLength(1)
  })
})
