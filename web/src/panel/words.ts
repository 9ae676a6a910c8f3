import { ageText } from '../format/format-time.ts'

export const words = {
  loading: 'Loading',
  tryAgain: 'Try again',
  cannotBeShown: (what: string) => `${what} cannot be shown`,
  byItself: 'It is tried again by itself.',
  notAllowed: 'This is not part of your role. An owner can change that under Users and access.',
  brokenPanel: 'This is a defect of the page, and the figures themselves are safe.',
  asOld: (ageMs: number) => ageText(ageMs),
}
