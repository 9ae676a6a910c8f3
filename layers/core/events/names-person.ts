/** Whether a text names somebody, by what a shop calls them. */

/** Shorter ones, and short numbers, are found in texts that are about something else. */
const LEAST_CHARACTERS = 4
const LEAST_DIGITS = 7

const isTelling = (sought: string): boolean =>
  sought.length >= LEAST_CHARACTERS && !(/^\d+$/.test(sought) && sought.length < LEAST_DIGITS)

/** The text without what the person is called by, where that is telling. */
export function withoutPerson(text: string, person: string): string {
  const sought = person.trim()
  if (!isTelling(sought)) return text
  return text.replaceAll(new RegExp(sought.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'), 'gi'), '\u2026')
}

/** Tells whether a text names the person, whatever its case; undefined: what they are called is too short to look for. */
export function personFinder(person: string): ((text: string) => boolean) | undefined {
  const sought = person.trim().toLowerCase()
  if (!isTelling(sought)) return undefined
  // As it is, and as JSON has it.
  const ways = [...new Set([sought, JSON.stringify(sought).slice(1, -1)])]
  return (text) => {
    const lower = text.toLowerCase()
    return ways.some((way) => isWithin(lower, way))
  }
}

/** Not as a part of a longer word or number. */
function isWithin(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + word.length)]
    if (!ENDS_IN_WORD.test(before) && !BEGINS_WITH_WORD.test(after)) return true
  }
  return false
}
/** JSON writes a line's end as a backslash and a letter. */
const ENDS_IN_WORD = /(?<!\\)[\p{L}\p{N}]$/u
const BEGINS_WITH_WORD = /^[\p{L}\p{N}]/u
