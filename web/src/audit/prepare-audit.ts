import type { AuditAnswer } from '#core/api/people.ts'
import { formatTime } from '../format/format-time.ts'
import { ROLE_WORDS } from '../people/role-words.ts'
import { nameOfSetting } from '../settings/setting-names.ts'
import { KINDS, words } from './words.ts'

type AuditItem = AuditAnswer['items'][number]

export type AuditRow = {
  readonly id: string
  readonly at: string
  /** '14:05:12'. */
  readonly time: string
  readonly who: string
  readonly whoId: string
  /** How they did it, where it was not a person at a browser. */
  readonly by: string
  readonly what: string
  /** '': it was about themselves. */
  readonly subject: string
  readonly changes: readonly Change[]
}
/** '': there was nothing, or nothing is left. */
export type Change = { readonly field: string; readonly before: string; readonly after: string }
export type AuditDay = { readonly day: string; readonly rows: readonly AuditRow[] }

/** Days and their changes in the order they came in, newest first. `names`: of people by id, as far as they are known. */
export function prepareAudit(
  items: readonly AuditItem[],
  names: ReadonlyMap<string, string>,
  timeZone: string,
): readonly AuditDay[] {
  const days: { day: string; rows: AuditRow[] }[] = []
  for (const item of items) {
    const atMs = Date.parse(item.at)
    const day = `${formatTime(atMs, timeZone, 'weekday')} ${formatTime(atMs, timeZone, 'fullDate')}`
    if (days.at(-1)?.day !== day) days.push({ day, rows: [] })
    days.at(-1)!.rows.push(rowOf(item, names, timeZone))
  }
  return days
}

/** A session at a browser is what is usual. */
const BY: Readonly<Record<string, string>> = {
  token: words.withToken,
  password: words.withPassword,
  link: words.byLink,
  machine: words.onMachine,
}
const verbs: Readonly<Record<string, string>> = KINDS

function rowOf(item: AuditItem, names: ReadonlyMap<string, string>, timeZone: string): AuditRow {
  const { id, at, who, what, subject, before, after } = item
  const isAboutSelf = subject === who.id
  return {
    id,
    at,
    time: formatTime(Date.parse(at), timeZone, 'clockSeconds'),
    who: who.name ?? who.id,
    whoId: who.id,
    by: BY[who.by] ?? '',
    what: verbs[what] ?? what.replaceAll(/[.-]/g, ' '),
    subject: isAboutSelf
      ? ''
      : what === 'settings.changed'
        ? settingIn(subject)
        : (names.get(subject) ?? nameIn(before) ?? nameIn(after) ?? subject),
    changes: what === 'settings.changed' ? settingChange(before, after) : changesOf(before, after),
  }
}

/** A setting that nobody has decided is at its default. */
const settingChange = (before: unknown, after: unknown): readonly Change[] => [
  {
    field: '',
    before: isEmpty(before) ? words.byDefault : textOf(before),
    after: isEmpty(after) ? words.byDefault : textOf(after),
  },
]

/** 'lowStockWarningDays of category Lighting': the name in words, and what it is for. */
function settingIn(subject: string): string {
  const [name = '', ...rest] = subject.split(' ')
  return [nameOfSetting(name), ...rest].join(' ')
}

/** Whoever was let go is in no list any more, and a way in is known by its label. */
function nameIn(before: unknown): string | undefined {
  const { name, label } = fieldsOf(before)
  return typeof name === 'string' ? name : typeof label === 'string' ? label : undefined
}

/** Bookkeeping of the engine's that says nothing to a reader. */
const SILENT: readonly string[] = ['id', 'version', 'createdAt']

/** Field by field where both are objects; where there is only one of the two, all of it. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  // What a change does not name stays as it was.
  const named = Object.keys(isEmpty(after) ? was : is)
  return (
    named
      .filter((field) => !SILENT.includes(field))
      // Of something new, what it has not is no news.
      .filter((field) => !isEmpty(before) || is[field] !== null || NULLS[field] !== undefined)
      .map((field) => ({ field: wordsOf(field), before: textOf(was[field], field), after: textOf(is[field], field) }))
      .filter((change) => change.before !== change.after)
  )
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isEmpty(value)) return {}
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { '': value }
}

/** 'leadTimeDays' -> 'lead time days'. */
const wordsOf = (field: string): string => field.replaceAll(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`)

const ROLE_NAMES: ReadonlyMap<string, string> = new Map(ROLE_WORDS.map(({ role, name }) => [role, name]))

/** Where none is not nothing. */
const NULLS: Readonly<Record<string, string>> = { stores: words.all, scopes: words.all }

function textOf(value: unknown, field = ''): string {
  if (value === undefined) return ''
  if (field === 'role') return ROLE_NAMES.get(String(value)) ?? String(value)
  if (value === null) return NULLS[field] ?? words.none
  if (Array.isArray(value)) return value.length === 0 ? words.none : value.map((each) => textOf(each)).join(', ')
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What can be opened in a spreadsheet: a line for each field that changed, and one for a change without any. */
export function auditLines(
  items: readonly AuditItem[],
  names: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  return items.flatMap((item) => {
    const { at, who, by, what, subject, changes } = rowOf(item, names, 'UTC')
    const start = [at, who, by, what, subject]
    return changes.length === 0
      ? [[...start, '', '', '']]
      : changes.map(({ field, before, after }) => [...start, field, before, after])
  })
}
