import { expect, test } from 'vitest'
import { changeOf, fieldsOf } from './prepare-choices.ts'

const choices = {
  channels: ['log' as const],
  kinds: ['oversold' as const],
  leastSeverity: 'CRITICAL' as const,
  stores: ['jaipur'],
  timeZone: 'Asia/Kolkata',
  quietHours: { from: '21:30', to: '06:00' },
  digest: 'daily' as const,
  digestHour: 7,
  email: 'asha@shop.example',
}
const nothing = { ...choices, channels: [], stores: null, timeZone: null, quietHours: null, email: null }

test.each([choices, nothing])('what stands in the form is what was chosen', (chosen) => {
  expect(changeOf(fieldsOf(chosen))).toEqual(chosen)
})

test('quiet hours begin with a night', () => {
  const fields = fieldsOf(nothing)
  expect(fields).toMatchObject({ quiet: false, quietFrom: '22:00', quietTo: '07:00' })
  expect(changeOf({ ...fields, quiet: true }).quietHours).toEqual({ from: '22:00', to: '07:00' })
})

test('an address of blanks is none', () => {
  expect(changeOf({ ...fieldsOf(choices), email: '  ' }).email).toBeNull()
})
