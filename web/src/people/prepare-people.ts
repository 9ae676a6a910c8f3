import type { PersonItem } from '#core/api/people.ts'
import { counted } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { wordsOfRole } from './role-words.ts'

export type PersonRow = {
  readonly id: string
  readonly name: string
  /** Their address, or why there is none. */
  readonly address: string
  readonly role: string
  readonly stores: string
  /** Every store's name. */
  readonly allStores: string
  readonly state: 'Active' | 'Invited'
  /** 'since 3 March 2026'; '': the owner was always there. */
  readonly since: string
  readonly isSelf: boolean
  readonly person: PersonItem
}

/** By name. `storeNames`: by id, as far as they were listed. */
export function preparePeople(
  items: readonly PersonItem[],
  selfId: string,
  storeNames: ReadonlyMap<string, string>,
  timeZone: string,
): readonly PersonRow[] {
  return items
    .map((person): PersonRow => {
      const { id, name, email, role, stores, status, createdAt } = person
      return {
        id,
        name,
        address: email ?? 'no address yet: gets in by the terminal’s link',
        role: wordsOfRole(role).name,
        stores: storesText(stores, storeNames),
        allStores: (stores ?? []).map((store) => storeNames.get(store) ?? store).join(', '),
        state: status === 'invited' ? 'Invited' : 'Active',
        since: createdAt === null ? '' : `since ${formatTime(Date.parse(createdAt), timeZone, 'fullDate')}`,
        isSelf: id === selfId,
        person,
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
}

/** 'All stores', 'Pune', '3 stores'. */
export function storesText(stores: readonly string[] | null, names: ReadonlyMap<string, string>): string {
  if (stores === null) return 'All stores'
  if (stores.length === 0) return 'No store'
  return stores.length === 1 ? (names.get(stores[0]!) ?? stores[0]!) : counted(stores.length, 'store', 'stores')
}

/** '3 people, 1 invited'. */
export function peopleText(items: readonly PersonItem[]): string {
  const invited = items.filter(({ status }) => status === 'invited').length
  const all = counted(items.length, 'person', 'people')
  return invited === 0 ? all : `${all}, ${invited} invited`
}

/** Ids as somebody writes them: between commas, spaces or lines. */
export const storeIdsIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((id) => id !== '')),
]
