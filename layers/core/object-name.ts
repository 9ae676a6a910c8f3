const NAME = /^[\w.=-]+(\/[\w.=-]+)*$/

/** @throws RangeError where this is no name of an object. */
export function checkObjectName(name: string): void {
  if (!NAME.test(name) || name.split('/').some((part) => part === '.' || part === '..'))
    throw new RangeError(`${JSON.stringify(name)} is no name of an object`)
}

/** Ids may hold whatever is printed, names of objects may not: other bytes become `_` and two hex digits. */
export function nameOfId(id: string): string {
  let name = ''
  for (const byte of new TextEncoder().encode(id)) {
    const character = String.fromCharCode(byte)
    name += /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`
  }
  return name
}
