import type { PersonItem } from '#core/api/people.ts'
import { formatTime } from '../format/format-time.ts'
import { wordsOfRole } from './role-words.ts'
import { words } from './words.ts'

export type PersonRow = {
  readonly id: string
  readonly name: string
  /** Their address, or why there is none. */
  readonly address: string
  readonly role: string
  readonly stores: string
  /** Every store's name. */
  readonly allStores: string
  readonly state: string
  readonly isInvited: boolean
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
        address: email ?? words.people.noAddress,
        role: wordsOfRole(role).name,
        stores: storesText(stores, storeNames),
        allStores: (stores ?? []).map((store) => storeNames.get(store) ?? store).join(', '),
        state: status === 'invited' ? words.people.invited : words.people.active,
        since: createdAt === null ? '' : words.people.since(formatTime(Date.parse(createdAt), timeZone, 'fullDate')),
        isInvited: status === 'invited',
        isSelf: id === selfId,
        person,
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
}

/** 'All stores', 'Pune', '3 stores'. */
export function storesText(stores: readonly string[] | null, names: ReadonlyMap<string, string>): string {
  if (stores === null) return words.allStores
  if (stores.length === 0) return words.noStore
  return stores.length === 1 ? (names.get(stores[0]!) ?? stores[0]!) : words.storeCount(stores.length)
}

/** '3 people, 1 invited'. */
export function peopleText(items: readonly PersonItem[]): string {
  const invited = items.filter(({ status }) => status === 'invited').length
  return words.people.count(items.length, invited)
}

/** Ids as somebody writes them: between commas, spaces or lines. */
export const storeIdsIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((id) => id !== '')),
]
