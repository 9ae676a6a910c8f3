import type { ChoicesAnswer } from '#core/api/notices.ts'

type Choices = ChoicesAnswer['choices']

/** The choices as fields of a form. */
export type ChoiceFields = Pick<Choices, 'channels' | 'kinds' | 'leastSeverity' | 'stores' | 'digest'> & {
  readonly quiet: boolean
  readonly quietFrom: string
  readonly quietTo: string
  /** '': the merchant's. */
  readonly timeZone: string
  readonly digestHour: string
  /** '': none. */
  readonly email: string
}
const NIGHT = { from: '22:00', to: '07:00' }

export function fieldsOf({ quietHours, timeZone, digestHour, email, ...others }: Choices): ChoiceFields {
  const { from, to } = quietHours ?? NIGHT
  return {
    ...others,
    quiet: quietHours !== null,
    quietFrom: from,
    quietTo: to,
    timeZone: timeZone ?? '',
    digestHour: String(digestHour),
    email: email ?? '',
  }
}

/** What the engine is told: all of it. */
export function changeOf({ quiet, quietFrom, quietTo, timeZone, digestHour, email, ...others }: ChoiceFields): Choices {
  return {
    ...others,
    quietHours: quiet ? { from: quietFrom, to: quietTo } : null,
    timeZone: timeZone === '' ? null : timeZone,
    digestHour: Number(digestHour),
    email: email.trim() === '' ? null : email.trim(),
  }
}
