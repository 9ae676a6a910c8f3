import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayDo } from '#core/access/may-do.ts'
import { maySeeStore } from '#core/access/may-see.ts'
import { ROLES } from '#core/access/rights.ts'
import type { Notice, Viewer } from '#core/ports.ts'
import { NO_CHOICES, type NoticeChoices } from './choices.ts'
import { decideDeliveries, type Person } from './decide-deliveries.ts'
import { NOTICE_KINDS, type NoticeKind } from './notice-kinds.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const notice: Notice = {
  id: 'n-critical',
  merchantId: 'asha',
  storeId: 'jaipur',
  kind: 'out-of-stock',
  severity: 'CRITICAL',
  at: '2026-03-02T10:00:00Z',
  subject: 's',
  text: 't',
  data: {},
}
const owner: Viewer = { merchantId: 'asha', subject: 'u1', role: 'owner' }
const person = (choices: Partial<NoticeChoices> = {}, viewer: Partial<Viewer> = {}): Person => ({
  viewer: { ...owner, ...viewer },
  email: 'asha@example.in',
  choices: { ...NO_CHOICES, channels: ['email'], ...choices },
  timeZone: 'UTC',
})
const toPerson = (choices: Partial<NoticeChoices>, about: Partial<Notice> = {}, viewer: Partial<Viewer> = {}) =>
  decideDeliveries({ ...notice, ...about }, [person(choices, viewer)], [], NOW)
const AT_ONCE = [{ to: 'person/u1', channel: 'email', when: { how: 'now' } }]

describe('who is told', () => {
  it.each<[string, Partial<NoticeChoices>, Partial<Notice>, Partial<Viewer>, object[]]>([
    ['whoever chose a channel', {}, {}, {}, AT_ONCE],
    ['nobody who chose none', { channels: [] }, {}, {}, []],
    ['once by each channel', { channels: ['email', 'email'] }, {}, {}, AT_ONCE],
    ['not of another kind', { kinds: ['low-stock', 'oversold'] }, {}, {}, []],
    ['of a kind that was chosen', { kinds: ['out-of-stock'] }, {}, {}, AT_ONCE],
    ['not of what is less urgent', { leastSeverity: 'CRITICAL' }, { severity: 'WARNING' }, {}, []],
    ['of what is just as urgent', { leastSeverity: 'CRITICAL' }, {}, {}, AT_ONCE],
    ['not of another store', { stores: ['delhi'] }, {}, {}, []],
    ['of a store that was chosen', { stores: ['delhi', 'jaipur'] }, {}, {}, AT_ONCE],
    ['not of a store that they may not see', {}, {}, { stores: ['delhi'] }, []],
    ['not though they chose it', { stores: ['jaipur'] }, {}, { stores: ['delhi'] }, []],
    ['of a store that they may see', {}, {}, { stores: ['jaipur'] }, AT_ONCE],
    ['not without the right to see figures', {}, {}, { role: 'integrator' }, []],
    ['not of another merchant', {}, { merchantId: 'bela' }, {}, []],
  ])('%s', (_, choices, about, viewer, expected) => expect(toPerson(choices, about, viewer)).toEqual(expected))

  it('webhooks get everything, at once', () => {
    const about = { ...notice, severity: 'WARNING' as const }
    expect(decideDeliveries(about, [], [{ id: 'w1' }, { id: 'w2' }], NOW)).toEqual([
      { to: 'webhook/w1', channel: 'webhook', when: { how: 'now' } },
      { to: 'webhook/w2', channel: 'webhook', when: { how: 'now' } },
    ])
  })

  it('nobody is ever told of a store that they may not see, whatever anybody chose', () => {
    const stores = ['jaipur', 'delhi', 'mumbai', '-']
    const some = fc.subarray(stores)
    const people = fc.array(
      fc.record({
        subject: fc.constantFrom('a', 'b', 'c', 'd'),
        merchantId: fc.constantFrom('asha', 'bela'),
        role: fc.constantFrom(...ROLES),
        stores: fc.option(some, { nil: undefined }),
        chosen: fc.option(some, { nil: null }),
        channels: fc.subarray(['email', 'log'] as const),
        digest: fc.constantFrom('off', 'hourly', 'daily'),
      }),
    )
    fc.assert(
      fc.property(people, fc.constantFrom(...stores), fc.constantFrom('asha', 'bela'), (all, storeId, merchantId) => {
        const told = all.map(({ subject, role, stores: seen, chosen, channels, digest, ...rest }, i): Person => {
          const viewer = { subject: `${subject}${i}`, role, ...rest, ...(seen !== undefined && { stores: seen }) }
          return person({ channels, digest, stores: chosen }, viewer)
        })
        const about = { ...notice, storeId, merchantId }
        const decided = decideDeliveries(about, told, [], NOW)
        for (const { to } of decided) {
          const { viewer } = told.find((each) => `person/${each.viewer.subject}` === to)!
          expect(maySeeStore(viewer, merchantId, storeId) && mayDo(viewer, 'figures:read')).toBe(true)
        }
        expect(new Set(decided.map(({ to, channel }) => `${to} ${channel}`)).size).toBe(decided.length)
      }),
    )
  })

  it('every kind that is declared can be told', () => {
    for (const kind of Object.keys(NOTICE_KINDS) as NoticeKind[]) expect(toPerson({}, { kind })).toEqual(AT_ONCE)
  })
})

describe('when', () => {
  const quietHours = { from: '09:00', to: '11:00' }
  const at = (time: string) => Date.parse(`2026-03-02T${time}Z`)
  it.each<[string, Partial<NoticeChoices>, object]>([
    ['at the end of quiet hours', { quietHours }, { how: 'later', atMs: at('11:00:00') }],
    ['in the next digest', { digest: 'hourly' }, { how: 'digest', atMs: at('11:00:00') }],
    ['in tomorrow’s', { digest: 'daily', digestHour: 10 }, { how: 'digest', atMs: at('10:00:00') + 86_400_000 }],
    ['in today’s', { digest: 'daily', digestHour: 17 }, { how: 'digest', atMs: at('17:00:00') }],
    [
      'in a digest that waits for the end of quiet hours',
      { digest: 'hourly', quietHours: { from: '10:30', to: '12:15' } },
      { how: 'digest', atMs: at('12:15:00') },
    ],
    [
      'in a digest that is after the quiet hours',
      { digest: 'hourly', quietHours },
      { how: 'digest', atMs: at('11:00:00') },
    ],
    ['at once outside of them', { quietHours: { from: '22:00', to: '07:00' } }, { how: 'now' }],
  ])('%s', (_, choices, when) => expect(toPerson(choices)).toEqual([{ to: 'person/u1', channel: 'email', when }]))

  it('goes by the person’s own clock', () => {
    const inIndia = { ...person({ quietHours: { from: '15:00', to: '16:00' } }), timeZone: 'Asia/Kolkata' }
    expect(decideDeliveries(notice, [inIndia], [], NOW)[0]!.when).toEqual({ how: 'later', atMs: at('10:30:00') })
  })
})
